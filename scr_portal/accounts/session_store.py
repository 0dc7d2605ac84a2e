"""Sessions in the database, each with whose it is: a person sees and ends their own.

``SESSION_ENGINE`` names this module. Django's own store, one column more, no statement more.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from scr_portal.core.prepared import prepared


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from scr_portal.accounts.models import Session  # models import this module

        return Session

    def create_model_instance(self, data: Any) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def _get_session_from_db(self) -> Any:
        # The server's own time: no session lasts by a past that a demonstration is given.
        found = _lasting(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]


@prepared
def _lasting(*, key: str, now: datetime) -> Any:
    rows = SessionStore.get_model_class().objects
    return rows.filter(session_key=key, expire_date__gt=now)
