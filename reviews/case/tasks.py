from celery import shared_task

from reviews.case import reminders
from reviews.case.operations import asking
from scr_portal.core import acting


@shared_task
@acting.for_portal("reminding of dates")
def remind() -> None:
    """Every minute; the day of the next step stands in the table, so a missed run is caught up."""
    reminders.remind()


@shared_task
@acting.for_portal("ending pauses")
def carry() -> None:
    reminders.carry()


@shared_task
@acting.for_portal("chasing what was asked")
def chase() -> None:
    asking.chase()
