"""The portal's processes sign in as a role that owns nothing, and say for whom they act.

The role's name is fixed, since grants are part of the schema; whether and with which password it
may sign in is the installation's (README, docker-compose.yml, script/launcher/postgres.py).
"""

from django.db import migrations

ROLE = """
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'scr_portal_app') THEN
        CREATE ROLE scr_portal_app NOLOGIN;
      END IF;
    END $$;
    GRANT USAGE ON SCHEMA public TO scr_portal_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO scr_portal_app;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO scr_portal_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
      GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO scr_portal_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO scr_portal_app;
"""

NO_ROLE = """
    ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM scr_portal_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM scr_portal_app;
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM scr_portal_app;
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM scr_portal_app;
    REVOKE ALL ON SCHEMA public FROM scr_portal_app;
"""

# A setting that a transaction has given up reads as '' ever after.
ASKED = """
    CREATE FUNCTION acting_portal() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
      RETURN current_setting('acting.person', true) IS NOT DISTINCT FROM 'portal';
    CREATE FUNCTION acting_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(nullif(nullif(current_setting('acting.person', true), ''), 'portal'), '0')::bigint;
    CREATE FUNCTION acting_boards() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('acting.boards', true), '')::bigint[];
    CREATE FUNCTION acting_alone() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('acting.alone', true), '')::bigint[];
    CREATE FUNCTION acting_reviews() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('acting.reviews', true), '')::uuid[];
    CREATE FUNCTION acting_closed() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
      RETURN nullif(current_setting('acting.closed', true), '')::uuid[];
"""

NOT_ASKED = """
    DROP FUNCTION acting_portal, acting_person, acting_boards, acting_alone, acting_reviews,
      acting_closed;
"""


class Migration(migrations.Migration):
    initial = True

    operations = [migrations.RunSQL(ROLE, NO_ROLE), migrations.RunSQL(ASKED, NOT_ASKED)]
