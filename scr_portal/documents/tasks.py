from uuid import UUID

from celery import shared_task

from scr_portal.documents import operations


@shared_task
def process(file_id: str) -> None:
    operations.process(pk=UUID(file_id))


@shared_task
def sweep() -> None:
    operations.sweep()


@shared_task
def remove_unnamed() -> None:
    operations.remove_unnamed()
