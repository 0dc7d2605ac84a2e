from django.db import migrations

from scr_portal.core.row_security import PERSON, PORTAL, case_rows


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_the_applications_role"),
        ("drafts", "0001_initial"),
    ]

    operations = [*case_rows("drafts_draft", using=f"{PORTAL} OR user_id = {PERSON}")]
