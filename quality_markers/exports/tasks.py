from celery import shared_task

from quality_markers.exports import operations
from scr_portal.core import acting, outbox


@shared_task
@acting.for_portal("making exports")
def make(export_id: int) -> None:
    operations.make(pk=export_id)


@shared_task
@acting.for_portal("making exports")
def sweep() -> None:
    if operations.sweep():
        outbox.nudge(sweep)
