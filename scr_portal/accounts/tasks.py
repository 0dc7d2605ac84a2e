from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone


@shared_task
def clear_sessions() -> None:
    """Rows of sessions that are over, which nobody signed out of."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
