from celery import shared_task

from reviews.case import reminders
from reviews.case.operations import asking


@shared_task
def remind() -> None:
    """Every minute; the day of the next step stands in the table, so a missed run is caught up."""
    reminders.remind()


@shared_task
def carry() -> None:
    reminders.carry()


@shared_task
def chase() -> None:
    asking.chase()
