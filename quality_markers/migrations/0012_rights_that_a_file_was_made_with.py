import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Files made before say nothing of it: what they hold is known by its markers alone."""

    dependencies = [("quality_markers", "0011_who_a_copy_is_for")]

    operations = [
        migrations.AddField(
            model_name="export",
            name="rights",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), default=list, size=None
            ),
        ),
    ]
