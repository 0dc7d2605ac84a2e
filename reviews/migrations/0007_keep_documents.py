import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_user_session_version"),
        ("documents", "0001_initial"),
        ("reviews", "0006_briefings_return_and_purposes_stand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("referral", "Referral"),
                            ("involvement", "Agency involvement form"),
                            ("recommendation", "Recommendation to the chair"),
                            ("decision", "Decision letter"),
                            ("notification", "Notification to a national body"),
                            ("terms", "Terms of reference"),
                            ("family", "Letter or information for the family"),
                            ("contract", "Reviewer specification or contract"),
                            ("agency_report", "Agency report"),
                            ("chronology", "Chronology"),
                            ("conversation", "Conversation notes"),
                            ("network", "Network or genogram"),
                            ("minutes", "Minutes"),
                            ("report", "Overview report or summary"),
                            ("action_plan", "Action plan or board response"),
                            ("media", "Media strategy"),
                            ("evaluation", "Evaluation"),
                            ("other", "Another document"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "marking",
                    models.CharField(
                        choices=[
                            ("official", "OFFICIAL"),
                            ("sensitive", "OFFICIAL-SENSITIVE"),
                            ("secret", "SECRET"),
                        ],
                        default="sensitive",
                        max_length=10,
                        verbose_name="protective marking",
                    ),
                ),
                ("permission", models.CharField(max_length=60, verbose_name="who may read it")),
                ("about_type", models.CharField(blank=True, max_length=60)),
                ("about_id", models.CharField(blank=True, max_length=60)),
                ("created_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_reason",
                    models.TextField(blank=True, verbose_name="why it was withdrawn"),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "private_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                        verbose_name="for the people of one board alone",
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
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["review", "-created_at"], name="document_list"),
                    models.Index(fields=["about_type", "about_id"], name="document_about"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="document_withdrawn_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about_id", ""), ("about_type", "")),
                            models.Q(
                                models.Q(("about_type", ""), _negated=True),
                                models.Q(("about_id", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_about_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="what changed")),
                ("token", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="reviews.document",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version",
                        to="documents.storedfile",
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
                "verbose_name": "version of a document",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "number"), name="document_version_once"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="documentversion",
            trigger=pgtrigger.compiler.Trigger(
                name="version_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="70969725e518a2a071222c0fd29f64de96935635",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_version_stands_0d2ab",
                    table="reviews_documentversion",
                    when="BEFORE",
                ),
            ),
        ),
    ]
