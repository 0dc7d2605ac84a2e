from celery import shared_task

from scr_portal.audit import anchoring
from scr_portal.core import acting


@shared_task
@acting.for_portal("anchoring the history")
def anchor() -> None:
    """Asked often and done once a day: a beat that was away is caught up with."""
    anchoring.write()
