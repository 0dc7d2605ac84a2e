"""One message a day, for what does not go at once."""

from datetime import time

from django.db import connection
from django.utils import timezone

from scr_portal.core import clock
from scr_portal.notifications.models import Notification
from scr_portal.notifications.operations import nudge

AT = time(7, 30)  # London

# The unique (person, date) makes it one a day however many run this at once; what a message holds
# is settled with it, so that a notification is in one message only.
GATHER = """
WITH waiting AS ({waiting}),
made AS (
    INSERT INTO notifications_digest (user_id, date, not_before, attempts, last_error)
    SELECT DISTINCT user_id, %s::date, %s::timestamptz, 0, '' FROM waiting
    ON CONFLICT (user_id, date) DO NOTHING
    RETURNING id, user_id
)
UPDATE notifications_notification row SET digest_id = made.id
  FROM made, waiting
 WHERE waiting.user_id = made.user_id AND row.id = waiting.id
"""


def gather() -> int:
    """From half past seven in London; returns how many notifications found their message.

    Who has changed from one a day to at once gets the rest of theirs in a last one.
    """
    if timezone.localtime(clock.now()).time() < AT:
        return 0
    waiting = Notification.objects.for_the_days_message().order_by().values("id", "user_id")
    sql, parameters = waiting.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(GATHER.format(waiting=sql), [*parameters, clock.today(), timezone.now()])
        found = cursor.rowcount
    if found:
        nudge()
    return found
