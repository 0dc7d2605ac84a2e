from datetime import date, timedelta

from django.utils import timezone


def days_from_now(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)
