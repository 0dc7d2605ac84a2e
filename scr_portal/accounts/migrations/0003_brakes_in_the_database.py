"""The table of the cache, which holds the brakes on guessing (settings.CACHES)."""

from django.db import migrations

MAKE = """
    CREATE TABLE cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamp with time zone NOT NULL
    );
    CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_user_session_version")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE cache")]
