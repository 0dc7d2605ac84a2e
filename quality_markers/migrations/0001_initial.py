import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("reviews", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "source",
                    models.CharField(
                        choices=[("own", "Our own wording"), ("official", "Official wording")],
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                ("edition", models.CharField(max_length=20, verbose_name="edition")),
                (
                    "sha256",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="SHA-256 of the text"
                    ),
                ),
                ("imported_at", models.DateTimeField(auto_now_add=True, verbose_name="imported")),
                ("is_current", models.BooleanField(default=False, verbose_name="current")),
                (
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="imported by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the catalogue",
                "verbose_name_plural": "versions of the catalogue",
                "ordering": ("-imported_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="catalogue_version_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["own", "official"])),
                        name="catalogue_version_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="catalogue_version_sha256_hex",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Marker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                (
                    "cluster_number",
                    models.PositiveSmallIntegerField(verbose_name="number of the cluster"),
                ),
                ("cluster_title", models.CharField(max_length=100, verbose_name="cluster")),
                ("statement", models.TextField(verbose_name="quality statement")),
                ("rationale", models.TextField(verbose_name="why it matters")),
                ("knowledge", models.TextField(blank=True, verbose_name="knowledge base")),
                ("equality", models.TextField(blank=True, verbose_name="equality and diversity")),
                ("law", models.TextField(verbose_name="law and statutory guidance")),
                ("obstacles", models.TextField(verbose_name="common obstacles")),
                (
                    "is_family",
                    models.BooleanField(
                        default=False,
                        help_text="Family liaison may work on this marker.",
                        verbose_name="about the family",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="markers",
                        to="quality_markers.catalogueversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "marker",
                "verbose_name_plural": "markers",
                "ordering": ("version", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "number"), name="catalogue_marker_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="catalogue_marker_number_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cluster_number__gte", 1)),
                        name="catalogue_marker_cluster_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("clarity", "Clarity at the start"),
                            ("planning", "Planning and preparation"),
                            ("progressive", "Progressive, as the review goes on"),
                            ("retrospective", "Looking back at the end"),
                        ],
                        max_length=15,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Being filled in"),
                            ("submitted", "With the chair"),
                            ("returned", "Returned with reasons"),
                            ("accepted", "Accepted and signed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("return_reasons", models.TextField(blank=True, verbose_name="why it comes back")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "catalogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="quality_markers.catalogueversion",
                    ),
                ),
                (
                    "markers",
                    models.ManyToManyField(
                        related_name="+", to="quality_markers.marker", verbose_name="markers"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
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
                (
                    "signature",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accepted_pass",
                        to="reviews.signature",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "self-assessment",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="pass_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["clarity", "planning", "progressive", "retrospective"])
                        ),
                        name="pass_purpose_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signature__isnull", True),
                                ("state__in", ["open", "submitted", "returned"]),
                            ),
                            models.Q(("signature__isnull", False), ("state", "accepted")),
                            _connector="OR",
                        ),
                        name="pass_accepted_by_a_signature",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("file_name", models.CharField(blank=True, max_length=150)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("content", models.BinaryField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.review",
                    ),
                ),
                (
                    "marker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="quality_markers.marker",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to="quality_markers.pass",
                    ),
                ),
            ],
            options={
                "verbose_name": "PDF export",
                "ordering": ["-asked_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["not_before"],
                        name="export_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100)), name="export_percent_in_range"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(verbose_name="question")),
                (
                    "marker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="quality_markers.marker",
                        verbose_name="marker",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ("marker", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("marker", "number"), name="catalogue_question_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 50)),
                        name="catalogue_question_number_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="catalogue_question_has_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "judgement",
                    models.CharField(
                        choices=[
                            ("not_considered", "Not yet considered"),
                            ("in_place", "In place"),
                            ("partly", "Partly in place"),
                            ("not_in_place", "Not in place"),
                            ("not_applicable", "Not applicable"),
                        ],
                        default="not_considered",
                        max_length=15,
                        verbose_name="judgement",
                    ),
                ),
                (
                    "not_applicable_reason",
                    models.TextField(blank=True, verbose_name="why it does not apply"),
                ),
                ("narrative", models.TextField(blank=True, verbose_name="narrative")),
                ("evidence", models.TextField(blank=True, verbose_name="notes of evidence")),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.review",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="quality_markers.pass",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="quality_markers.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "question"), name="answer_once_in_a_pass"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "judgement__in",
                                [
                                    "not_considered",
                                    "in_place",
                                    "partly",
                                    "not_in_place",
                                    "not_applicable",
                                ],
                            )
                        ),
                        name="answer_judgement_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="overall reflection")),
                ("version", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reflections",
                        to="quality_markers.pass",
                    ),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "marker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="quality_markers.marker",
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
                "verbose_name": "reflection",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "marker"), name="reflection_once_in_a_pass"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "judgement",
                    models.CharField(
                        choices=[
                            ("not_considered", "Not yet considered"),
                            ("in_place", "In place"),
                            ("partly", "Partly in place"),
                            ("not_in_place", "Not in place"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=15,
                    ),
                ),
                ("not_applicable_reason", models.TextField(blank=True)),
                ("narrative", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="quality_markers.answer",
                    ),
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
                "verbose_name": "earlier text",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "version"), name="answer_text_once")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pass",
            trigger=pgtrigger.compiler.Trigger(
                name="accepted_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'accepted')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="28c62ed4e63d13c3c5ad16a458e807c1041e25e1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_accepted_stands_452de",
                    table="quality_markers_pass",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_with_its_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (SELECT state FROM quality_markers_pass\n         WHERE id = coalesce(NEW.assessment_id, OLD.assessment_id)) = 'accepted' THEN\n        RAISE EXCEPTION 'The self-assessment is signed: its texts stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="693dcef3fedbe0f21e51d2774876af1b284d25b3",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stands_with_its_pass_f626e",
                    table="quality_markers_answer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reflection",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_with_its_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (SELECT state FROM quality_markers_pass\n         WHERE id = coalesce(NEW.assessment_id, OLD.assessment_id)) = 'accepted' THEN\n        RAISE EXCEPTION 'The self-assessment is signed: its texts stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="acd0882859e45f72b531cdb50c91ee55b7582976",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stands_with_its_pass_1d23b",
                    table="quality_markers_reflection",
                    when="BEFORE",
                ),
            ),
        ),
    ]
