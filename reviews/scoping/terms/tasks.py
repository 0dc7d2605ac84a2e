from celery import shared_task

from reviews.scoping.terms.operations import rounds
from scr_portal.core import acting


@shared_task
@acting.for_portal("closing rounds of comments")
def close_rounds() -> None:
    rounds.close_those_over()
