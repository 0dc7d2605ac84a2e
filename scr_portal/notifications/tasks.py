from celery import shared_task

from scr_portal.core import acting
from scr_portal.notifications import delivery, digests, heartbeat, operations
from scr_portal.notifications.models import Heartbeat


@shared_task
@acting.for_portal("sending mail")
def deliver() -> None:
    """What a nudge asks for: the emails that are due."""
    if delivery.deliver():
        operations.nudge()


@shared_task
@acting.for_portal("sending mail")
def sweep() -> None:
    """Every 15 seconds: what no nudge brought, what failed, and what a dead worker left."""
    deliver()


@shared_task(name="scr_portal.notifications.tasks.digests")
@acting.for_portal("gathering the day's messages")
def gather_digests() -> None:
    digests.gather()


@shared_task
def pulse() -> None:
    """A worker's message to itself, see heartbeat.py."""
    heartbeat.strike(Heartbeat.Process.WORKER)
