from celery import shared_task

from reviews.scoping.terms.operations import rounds


@shared_task
def close_rounds() -> None:
    rounds.close_those_over()
