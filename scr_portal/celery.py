import os

from celery import Celery

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
        "reviews.scoping.terms",
        "quality_markers.exports",
    ]
)
app.steps["consumer"].add("scr_portal.notifications.heartbeat:Pulse")
