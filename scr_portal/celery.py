import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_after_setup, setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scr_portal.settings")

app = Celery("scr_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "scr_portal.accounts",
        "scr_portal.documents",
        "scr_portal.drafts",
        "scr_portal.guests",
        "scr_portal.notifications",
        "reviews.case",
        "reviews.retention",
        "reviews.emergency",
        "scr_portal.audit",
        "reviews.scoping.terms",
        "quality_markers.exports",
    ]
)
app.steps["consumer"].add("scr_portal.notifications.heartbeat:Pulse")


@celeryd_after_setup.connect
def _load_before_forking(**signal: Any) -> None:
    from scr_portal import forking

    forking.load_work()


@setup_logging.connect
def _write_logs_as_the_portal_does(**signal: Any) -> None:
    """Without this Celery brings handlers of its own, which print what an error says."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
