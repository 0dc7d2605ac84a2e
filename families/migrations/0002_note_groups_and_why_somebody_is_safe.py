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
        ("families", "0001_people_involvement_contributions_letters"),
        ("reviews", "0013_words_of_the_family_are_permissions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="safety",
            name="domestic_abuse",
        ),
        migrations.RemoveField(
            model_name="safety",
            name="reason",
        ),
        migrations.CreateModel(
            name="SafetyReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "domestic_abuse",
                    models.BooleanField(
                        default=False, verbose_name="domestic abuse is known or suspected"
                    ),
                ),
                (
                    "reason",
                    scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="why"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="safety_reason",
                        to="families.person",
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
                "verbose_name": "reason for safety",
            },
        ),
        migrations.CreateModel(
            name="GroupNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("grandparents", "Grandparents"),
                            ("children", "Brothers and sisters, and other children"),
                        ],
                        max_length=15,
                        verbose_name="who",
                    ),
                ),
                ("words", models.TextField(verbose_name="how it is known that there are none")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "by",
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
                "verbose_name": "note that there are none",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["grandparents", "children"])),
                        name="group_note_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="group_note_has_words",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupnote",
            trigger=pgtrigger.compiler.Trigger(
                name="group_note_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="98e95f307f394c538af3c03906cdadc59922ef39",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_group_note_stands_66736",
                    table="families_groupnote",
                    when="BEFORE",
                ),
            ),
        ),
    ]
