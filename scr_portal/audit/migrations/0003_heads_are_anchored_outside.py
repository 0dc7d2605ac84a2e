import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_chain_heads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("place", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("chains", models.PositiveIntegerField()),
                ("trouble", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "anchor of the history",
                "ordering": ["-number"],
            },
        ),
        # Read for old events by our own migrate, under a lock that stops nobody.
        AddConstraintNotValid(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("actor_name__contains", "\x1f"), _negated=True),
                    models.Q(("target_label__contains", "\x1f"), _negated=True),
                    models.Q(("kind__contains", "\x1f"), _negated=True),
                    models.Q(("target_id__contains", "\x1f"), _negated=True),
                    models.Q(("target_type__contains", "\x1f"), _negated=True),
                ),
                name="audit_fields_hold_no_separator",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="anchor",
            trigger=pgtrigger.compiler.Trigger(
                name="stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="30a751ebe4e4adda2e004cc1627624e185b5f639",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_stands_6b732",
                    table="audit_anchor",
                    when="BEFORE",
                ),
            ),
        ),
    ]
