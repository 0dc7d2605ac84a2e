from celery import shared_task

from reviews.retention import operations
from reviews.retention.operations import purging
from scr_portal.core import acting, outbox


@shared_task
@acting.for_portal("ending what is no longer kept")
def carry_out(pk: int) -> None:
    operations.carry_out(pk=pk)


@shared_task
@acting.for_portal("ending what is no longer kept")
def sweep() -> None:
    """What was agreed and not carried out yet."""
    if operations.sweep():
        outbox.nudge(sweep)


@shared_task
@acting.for_portal("removing what goes by itself")
def purge() -> None:
    """What goes by itself: once a schedule is agreed, and unless a legal hold stands."""
    purging.purge()
