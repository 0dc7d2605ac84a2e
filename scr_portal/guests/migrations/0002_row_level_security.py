from django.db import migrations

from scr_portal.core.row_security import case_rows


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_the_applications_role"),
        ("guests", "0001_links_and_letters"),
    ]

    operations = [
        *case_rows("guests_guestlink"),
        *case_rows(
            "guests_guestletter",
            using="EXISTS (SELECT FROM guests_guestlink one WHERE one.id = link_id)",
        ),
    ]
