from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quality_markers", "0004_dates_of_a_pass_in_pairs")]

    operations = [
        migrations.AddField(
            model_name="export",
            name="markers",
            field=ArrayField(
                base_field=models.PositiveSmallIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="size",
            field=models.PositiveIntegerField(default=0, help_text="In bytes"),
        ),
    ]
