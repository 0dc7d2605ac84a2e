"""The application's role adds anchors and reads them, as it does events; a trigger said so alone."""

from django.db import migrations

ONLY_ADDED = "REVOKE UPDATE, DELETE, TRUNCATE ON audit_anchor FROM scr_portal_app"
AS_BEFORE = "GRANT UPDATE, DELETE ON audit_anchor TO scr_portal_app"


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_nobody_rewrites_the_record")]

    operations = [migrations.RunSQL(ONLY_ADDED, AS_BEFORE)]
