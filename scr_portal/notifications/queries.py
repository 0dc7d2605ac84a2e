from datetime import timedelta

from django.utils import timezone

from scr_portal.notifications.models import Heartbeat

# Beat strikes every 15 seconds; a worker that is busy with one long PDF may miss some.
SILENT_AFTER = timedelta(seconds=120)


def silent_processes() -> list[str]:
    """The processes whose heart has not beaten for two minutes, or never did."""
    alive = set(
        Heartbeat.objects.filter(at__gte=timezone.now() - SILENT_AFTER).values_list(
            "process", flat=True
        )
    )
    return [process for process in Heartbeat.Process.values if process not in alive]
