"""The portal's own settings with a scheduler that ticks each second."""

from datetime import timedelta

from scr_portal.settings import *  # noqa: F403
from scr_portal.settings import CELERY_BEAT_SCHEDULE

TICKING = ("sweep", "reminders", "digests", "asked", "guests")

CELERY_BEAT_SCHEDULE = CELERY_BEAT_SCHEDULE | {
    name: CELERY_BEAT_SCHEDULE[name] | {"schedule": timedelta(seconds=1)} for name in TICKING
}
