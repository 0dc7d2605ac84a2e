from celery import shared_task

from reviews.emergency import operations
from scr_portal.core import acting


@shared_task
@acting.for_portal("ending emergencies")
def sweep() -> None:
    """What has had its time closes by itself; this keeps that it did, and tells the chair."""
    operations.end_overdue()
