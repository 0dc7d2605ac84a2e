"""The application's role adds events and reads those in reach; it changes and removes none.

The chain's head is written by the trigger alone, which runs with the owner's rights.
"""

from django.db import migrations

from scr_portal.core.row_security import PERSON, reaches

ONLY_ADDED = """
    REVOKE UPDATE, DELETE, TRUNCATE ON audit_auditevent FROM scr_portal_app;
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_chainhead FROM scr_portal_app;
    ALTER FUNCTION pgtrigger_chain_6c7ff() SECURITY DEFINER SET search_path = public, pg_temp;
"""

AS_BEFORE = """
    ALTER FUNCTION pgtrigger_chain_6c7ff() SECURITY INVOKER RESET ALL;
    GRANT INSERT, UPDATE, DELETE ON audit_chainhead TO scr_portal_app;
    GRANT UPDATE, DELETE ON audit_auditevent TO scr_portal_app;
"""

CLOSED = f"""
    ALTER TABLE audit_auditevent ENABLE ROW LEVEL SECURITY;
    CREATE POLICY reach ON audit_auditevent FOR SELECT
      USING ({reaches()} OR actor_id = {PERSON});
    CREATE POLICY written ON audit_auditevent FOR INSERT WITH CHECK (true);
"""

OPENED = """
    DROP POLICY written ON audit_auditevent;
    DROP POLICY reach ON audit_auditevent;
    ALTER TABLE audit_auditevent DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_the_applications_role"),
        ("audit", "0003_heads_are_anchored_outside"),
    ]

    operations = [migrations.RunSQL(ONLY_ADDED, AS_BEFORE), migrations.RunSQL(CLOSED, OPENED)]
