from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("reviews", "0018_row_level_security"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(met_on__isnull=True),
                fields=["review", "due_on", "id"],
                name="deadline_next_of_review",
            ),
        ),
    ]
