from uuid import UUID

from celery import shared_task

from scr_portal.core import acting, outbox
from scr_portal.documents import operations


@shared_task
@acting.for_portal("scanning and reading files")
def process(file_id: str) -> None:
    operations.process(pk=UUID(file_id))


@shared_task
@acting.for_portal("scanning and reading files")
def sweep() -> None:
    if operations.sweep():
        outbox.nudge(sweep)


@shared_task
@acting.for_portal("removing files that no row names")
def remove_unnamed() -> None:
    operations.remove_unnamed()
