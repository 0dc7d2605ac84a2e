from celery import shared_task

from quality_markers.exports import operations


@shared_task
def make(export_id: int) -> None:
    operations.make(pk=export_id)


@shared_task
def sweep() -> None:
    operations.sweep()
