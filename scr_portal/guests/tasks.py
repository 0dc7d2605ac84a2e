from celery import shared_task

from scr_portal.core import acting
from scr_portal.guests import letters, operations


@shared_task
@acting.for_portal("sending letters to guests")
def deliver() -> None:
    """What a nudge asks for: the letters that are due."""
    if letters.deliver():
        operations.nudge()


@shared_task
@acting.for_portal("sending letters to guests")
def sweep() -> None:
    """Every 15 seconds: what no nudge brought, what failed, and what a dead worker left."""
    deliver()


@shared_task
@acting.for_portal("removing what guests typed")
def purge() -> None:
    operations.purge()
