"""A reason answers what stood when it was kept; a wish weighed anew keeps what was said."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock
import scr_portal.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_user_session_version"),
        ("families", "0004_children_are_family_members"),
        ("reviews", "0013_words_of_the_family_are_permissions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="despite_for",
            field=models.JSONField(blank=True, default=list, verbose_name="what it answers"),
        ),
        migrations.AddField(
            model_name="inclusion",
            name="look_again_kind",
            field=models.CharField(
                blank=True, max_length=10, verbose_name="look at it again after proceedings"
            ),
        ),
        migrations.AlterField(
            model_name="inclusion",
            name="why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("proceedings", "Criminal or civil proceedings go on"),
                    ("safety", "It would put them or somebody else at risk"),
                    ("childs_welfare", "It would harm a child, as those who know them advise"),
                    ("whereabouts", "Nobody knows where they are"),
                    ("no_part", "They had no part in the child's life in the period"),
                    ("health", "They are not well enough"),
                    ("own_wish", "It is their own wish"),
                    ("too_young", "They are too young to be asked"),
                    ("died", "They have died"),
                    ("other", "Another reason, given below"),
                ],
                max_length=20,
                verbose_name="reason",
            ),
        ),
        migrations.CreateModel(
            name="EarlierOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "Not weighed yet"),
                            ("changed", "Changed"),
                            ("partly", "Changed in part"),
                            ("not_changed", "Not changed"),
                        ],
                        max_length=15,
                        verbose_name="what became of it",
                    ),
                ),
                ("why", scr_portal.core.fields.EncryptedTextField(verbose_name="why")),
                ("settled_on", models.DateField(verbose_name="weighed on")),
                (
                    "told_on",
                    models.DateField(blank=True, null=True, verbose_name="they were told on"),
                ),
                ("replaced_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "influence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier",
                        to="families.influence",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier outcome of a wish",
                "ordering": ["-replaced_at", "-pk"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="earlieroutcome",
            trigger=pgtrigger.compiler.Trigger(
                name="earlier_outcome_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8e710e5ef62fe2b07f7473145de7278d6fa14d21",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_earlier_outcome_stands_9f3e2",
                    table="families_earlieroutcome",
                    when="BEFORE",
                ),
            ),
        ),
    ]
