from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections

HELD = """
    SELECT rolsuper OR rolbypassrls OR EXISTS (
             SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relrowsecurity)
      FROM pg_roles WHERE rolname = current_user
"""


def row_level_security_holds(databases: Any, **kwargs: Any) -> list[CheckMessage]:
    """Run by ``check --deploy --database default``: owners and superusers are held by no policy."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(HELD)
            if cursor.fetchone() != (False,):
                found.append(_warning())
    return found


def _warning() -> Warning:
    return Warning(
        "The portal signs in to PostgreSQL as a role that row-level security does not hold.",
        hint="Let DATABASE_URL sign in as scr_portal_app; DATABASE_OWNER_URL is the owner's.",
        id="core.W001",
    )
