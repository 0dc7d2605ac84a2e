from typing import Any

from scr_portal.audit import operations as audit


def retried(message: Any, board: Any, by: Any) -> list[Any]:
    """The outbox stands beside the history and may not import it."""
    audit.record(
        kind=audit.Event.NOTIFICATION_RETRIED,
        by=by,
        board=board,
        target=message,
        label=message._meta.verbose_name,
    )
    return []
