from celery import shared_task

from scr_portal.core import acting
from scr_portal.drafts import operations


@shared_task
@acting.for_portal("removing old drafts")
def purge() -> None:
    operations.purge()
