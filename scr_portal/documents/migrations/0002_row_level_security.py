from django.db import migrations

from scr_portal.core.row_security import case_rows


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_the_applications_role"),
        ("documents", "0001_initial"),
    ]

    operations = [
        *case_rows("documents_storedfile"),
        *case_rows(
            "documents_filetext",
            using="EXISTS (SELECT FROM documents_storedfile one WHERE one.id = file_id)",
        ),
    ]
