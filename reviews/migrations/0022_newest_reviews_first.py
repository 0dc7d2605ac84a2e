from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reviews", "0021_rows_of_reviews")]

    operations = [
        AddIndexConcurrently(
            model_name="review",
            index=models.Index(fields=["-referred_on", "reference", "id"], name="review_newest"),
        ),
    ]
