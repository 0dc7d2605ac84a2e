from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg2.extensions import quote_ident

from scr_portal import env

ROLE = "scr_portal_app"


class Command(BaseCommand):
    help = (
        "Let the portal's processes sign in to PostgreSQL with the password of DATABASE_URL. "
        "Runs as the tables' owner, whom DATABASE_OWNER_URL names, after migrate."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        given = env.reader.db_url_config(env.text("DATABASE_URL"))
        if given["USER"] != ROLE:
            raise CommandError(f"DATABASE_URL signs in as {given['USER']}: it has to be {ROLE}.")
        with connection.cursor() as cursor:
            role = quote_ident(ROLE, cursor.cursor)
            cursor.execute(f"ALTER ROLE {role} LOGIN PASSWORD %s", [given["PASSWORD"]])
        self.stdout.write(f"{ROLE} may sign in.")
