from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0009_changes_of_terms_are_a_section"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="agencyreturn",
            name="agency_return_open_once",
        ),
        migrations.RemoveConstraint(
            model_name="preservationnotice",
            name="preservation_notice_open_once",
        ),
        migrations.AddConstraint(
            model_name="agencyreturn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True), ("ended_at__isnull", True)),
                fields=("review", "agency"),
                name="agency_return_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="preservationnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True), ("ended_at__isnull", True)),
                fields=("review", "agency"),
                name="preservation_notice_open_once",
            ),
        ),
    ]
