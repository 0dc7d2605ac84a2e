"""Nothing has been returned yet, so the marker of a returned answer needs no value to begin with."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quality_markers", "0008_quotes_as_the_board_reads_them")]

    operations = [
        migrations.RemoveConstraint(model_name="returnedanswer", name="returned_answer_once"),
        *(
            migrations.RemoveField(model_name="returnedanswer", name=name)
            for name in ("evidence", "judgement", "narrative", "not_applicable_reason")
        ),
        migrations.AddField("returnedanswer", "before", models.JSONField(default=dict)),
        migrations.AddField("returnedanswer", "texts", models.JSONField(default=dict)),
        migrations.AddField(
            "returnedanswer",
            "marker",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.marker",
            ),
        ),
        migrations.AddField(
            "returnedpack",
            "missing",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            "returnedanswer",
            "question",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.question",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnedanswer",
            constraint=models.UniqueConstraint(
                fields=("returned", "marker", "question"),
                name="returned_answer_once",
                nulls_distinct=False,
            ),
        ),
    ]
