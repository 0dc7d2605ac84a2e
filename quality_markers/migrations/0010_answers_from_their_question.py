import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The name of the way back from a question to its answers; nothing in the database changes."""

    dependencies = [("quality_markers", "0009_texts_of_a_returned_pack")]

    operations = [
        migrations.AlterField(
            model_name="answer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="quality_markers.question",
            ),
        )
    ]
