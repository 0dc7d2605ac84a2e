import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("quality_markers", "0001_initial"),
        ("reviews", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReflectionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "earlier reflection",
                "ordering": ["-version"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="answer",
            name="since",
            field=models.DateTimeField(default=scr_portal.core.clock.now),
        ),
        migrations.AddField(
            model_name="reflection",
            name="since",
            field=models.DateTimeField(default=scr_portal.core.clock.now),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answertext",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fe0b6ec88cdaa92b8589dbb33fc1f8b2983664a6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c6e95",
                    table="quality_markers_answertext",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="reflectiontext",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="reflectiontext",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reflectiontext",
            name="reflection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="texts",
                to="quality_markers.reflection",
            ),
        ),
        migrations.AddField(
            model_name="reflectiontext",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddConstraint(
            model_name="reflectiontext",
            constraint=models.UniqueConstraint(
                fields=("reflection", "version"), name="reflection_text_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reflectiontext",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="25d96a3565036196cb103675bdf61c41f1cd8f06",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b0594",
                    table="quality_markers_reflectiontext",
                    when="BEFORE",
                ),
            ),
        ),
    ]
