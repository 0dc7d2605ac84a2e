from celery import shared_task
from django.utils import timezone

from scr_portal.accounts import operations
from scr_portal.accounts.models import Session
from scr_portal.core import acting


@shared_task
def clear_sessions() -> None:
    """Rows of sessions that are over, which nobody signed out of."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


@shared_task
@acting.for_portal("telling people of odd attempts at their accounts")
def tell_of_attempts() -> None:
    operations.tell_of_attempts()
