"""The hearts of beat and worker, each beating by itself.

Beat's beats when its messages reach the broker, the worker's when it carries a message out that it
sent to itself. So ``/health`` can tell which of the two has stopped. Celery loads this before
Django's models are there, hence the late imports.
"""

import logging
import time
from datetime import UTC, datetime
from typing import Any

from celery import bootsteps
from celery.beat import Scheduler as CelerySchedule

EVERY = 15  # seconds
PULSE = "scr_portal.notifications.tasks.pulse"

logger = logging.getLogger(__name__)


def strike(process: str) -> None:
    from django.db import Error, connection
    from django.utils import timezone

    from scr_portal.notifications.models import Heartbeat

    try:
        Heartbeat.objects.bulk_create(
            [Heartbeat(process=process, at=timezone.now())],
            update_conflicts=True,
            update_fields=["at"],
            unique_fields=["process"],
        )
    except Error:
        logger.exception("The heartbeat of the %s could not be written", process)
        connection.close()


class Scheduler(CelerySchedule):
    """Celery's own without its file of last runs, which a kill can spoil and nobody needs.

    The truth of what is due stands in the database, so everything is sent when beat starts.
    """

    _struck = 0.0

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.last_run_at = datetime(2000, 1, 1, tzinfo=UTC)

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        sent = super().apply_async(*args, **kwargs)
        if time.monotonic() - self._struck >= EVERY:
            strike("beat")
            self._struck = time.monotonic()
        return sent


class Pulse(bootsteps.StartStopStep):
    """The worker sends itself a message: only a worker that works carries it out."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    timer: Any = None

    def start(self, c: Any) -> None:
        self._send(c.app)
        self.timer = c.timer.call_repeatedly(EVERY, self._send, (c.app,))

    def stop(self, c: Any) -> None:
        if self.timer:
            self.timer.cancel()
            self.timer = None

    shutdown = stop

    @staticmethod
    def _send(app: Any) -> None:
        try:
            app.send_task(PULSE, expires=EVERY * 2, retry=False)
        except Exception as error:  # silence is the message here
            logger.warning("The worker could not send itself a pulse: %s", error)
