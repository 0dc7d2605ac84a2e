from django.db import migrations

from scr_portal.core.row_security import PERSON, case_rows, reaches

# Who writes to somebody reads the row back at once, so a line about no review is in reach too.
LINES = f"{reaches()} OR user_id = {PERSON} OR review_id IS NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_the_applications_role"),
        ("notifications", "0001_initial"),
    ]

    operations = [*case_rows("notifications_notification", using=LINES)]
