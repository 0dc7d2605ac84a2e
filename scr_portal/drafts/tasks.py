from celery import shared_task

from scr_portal.drafts import operations


@shared_task
def purge() -> None:
    operations.purge()
