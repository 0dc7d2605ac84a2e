import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_user_session_version"),
        ("accounts", "__first__"),
        ("quality_markers", "0005_exports_say_what_they_hold"),
        ("reviews", "0014_dialogue_at_a_question_is_a_permission"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted_on", models.DateField(blank=True, null=True, verbose_name="wanted by")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "assignment",
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins", models.DateField(verbose_name="from")),
                ("ends", models.DateField(verbose_name="until")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "stand-in",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("begins"))),
                        name="delegation_dates_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document of the review"),
                            ("record", "What the record says"),
                            ("web", "Web address"),
                            ("note", "Where it lies"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="what it is")),
                ("url", models.CharField(blank=True, max_length=1000, verbose_name="address")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("broken_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("token", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "evidence",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "facts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("words", models.TextField(verbose_name="what explains it")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "explanation",
            },
        ),
        migrations.CreateModel(
            name="Improvement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="what to do otherwise")),
                ("quote", models.TextField(blank=True, verbose_name="in somebody’s own words")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("gathered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "gathered_text",
                    models.TextField(blank=True, verbose_name="as the board reads it"),
                ),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("token", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "improvement for future reviews",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MarkerPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("referred", "Referred"),
                            ("considering", "Considering"),
                            ("decided", "Decided"),
                            ("commissioning", "Commissioning"),
                            ("under_way", "Under way"),
                            ("drafting", "Drafting"),
                            ("sign_off", "Sign-off"),
                            ("responding", "Responding"),
                            ("publication", "Publication"),
                            ("implementing", "Implementing"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                        verbose_name="at the stage",
                    ),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="by the day")),
                (
                    "joins",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("unit", "Business unit"),
                                ("chair", "Board chair"),
                                ("member", "Board member"),
                                ("auditor", "Auditor"),
                                ("lead", "Lead reviewer"),
                                ("liaison", "Family liaison"),
                                ("panel", "Panel member"),
                                ("agency", "Agency author"),
                                ("observer", "Observer"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what to look at")),
                ("taken_up_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "plan of a marker",
            },
        ),
        migrations.CreateModel(
            name="Movement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(verbose_name="what moved, and why")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "what moved and why",
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("docx", "Word"), ("xlsx", "Excel")],
                        max_length=5,
                        verbose_name="form",
                    ),
                ),
                (
                    "is_filled",
                    models.BooleanField(default=False, verbose_name="with the answers so far"),
                ),
                (
                    "markers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("texts", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
            ],
            options={
                "verbose_name": "pack",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="QuestionComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="comment")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                ("token", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "comment",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="comment_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="why it comes back")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
            ],
            options={
                "verbose_name": "question returned",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="question_returned_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnedAnswer",
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
                        max_length=15,
                    ),
                ),
                ("not_applicable_reason", models.TextField(blank=True)),
                ("narrative", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not settled"),
                            ("taken", "Taken"),
                            ("left", "Left as it is"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "returned answer",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                ("settled_at__isnull", False), ("state__in", ["taken", "left"])
                            ),
                            _connector="OR",
                        ),
                        name="returned_answer_settled_at",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnedPack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "answered_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who filled it in"),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "returned pack",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("texts", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "submission",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="theme")),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "theme",
                "ordering": ["name"],
            },
        ),
        migrations.AlterModelOptions(
            name="export",
            options={"ordering": ["-asked_at"], "verbose_name": "export"},
        ),
        migrations.RemoveConstraint(
            model_name="catalogueversion",
            name="catalogue_version_one_current",
        ),
        migrations.RemoveConstraint(
            model_name="catalogueversion",
            name="catalogue_version_source_known",
        ),
        migrations.RemoveConstraint(
            model_name="catalogueversion",
            name="catalogue_version_sha256_hex",
        ),
        migrations.RemoveConstraint(
            model_name="pass",
            name="pass_accepted_by_a_signature",
        ),
        migrations.RemoveConstraint(
            model_name="pass",
            name="pass_state_has_its_date",
        ),
        migrations.RemoveConstraint(
            model_name="question",
            name="catalogue_question_number_range",
        ),
        migrations.AddField(
            model_name="answer",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.answer",
            ),
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.catalogueversion",
            ),
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="board",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.board",
            ),
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="framework",
            field=models.SlugField(
                default="scr-quality-markers", max_length=60, verbose_name="framework"
            ),
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="state",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
                default="published",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="compared_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="form",
            field=models.CharField(
                choices=[("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("csv", "CSV")],
                default="pdf",
                max_length=5,
                verbose_name="form",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="is_named",
            field=models.BooleanField(default=True, verbose_name="with names"),
        ),
        migrations.AddField(
            model_name="export",
            name="of",
            field=models.CharField(
                choices=[
                    ("pass", "The self-assessment, or one marker of it"),
                    ("comparison", "The comparison with an earlier one"),
                    ("history", "All self-assessments of the review"),
                ],
                default="pass",
                max_length=10,
                verbose_name="of",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="with_comments",
            field=models.BooleanField(default=False, verbose_name="with comments"),
        ),
        migrations.AddField(
            model_name="marker",
            name="local_guidance",
            field=models.TextField(blank=True, verbose_name="guidance of this board"),
        ),
        migrations.AddField(
            model_name="pass",
            name="copied_because",
            field=models.TextField(blank=True, verbose_name="why it was begun again"),
        ),
        migrations.AddField(
            model_name="pass",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="pass",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="pass",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pass",
            name="withdrawn_reason",
            field=models.TextField(blank=True, verbose_name="why it is withdrawn"),
        ),
        migrations.AlterField(
            model_name="catalogueversion",
            name="sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the text"),
        ),
        migrations.AlterField(
            model_name="catalogueversion",
            name="source",
            field=models.CharField(
                choices=[
                    ("own", "Our own wording"),
                    ("official", "Official wording"),
                    ("imported", "Imported from a sheet"),
                    ("board", "With the board’s own questions"),
                ],
                max_length=10,
                verbose_name="source",
            ),
        ),
        migrations.AlterField(
            model_name="pass",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Being filled in"),
                    ("submitted", "With the chair"),
                    ("returned", "Returned with reasons"),
                    ("accepted", "Accepted and signed"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("board",),
                name="catalogue_version_one_current",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sha256", ""), _negated=True),
                fields=("board", "sha256"),
                name="catalogue_version_text_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sha256", ""), ("state", "draft")),
                    models.Q(
                        ("state__in", ["published", "retired"]),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="catalogue_version_published_with_its_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_current", False), ("state", "published"), _connector="OR"),
                name="catalogue_version_current_is_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["own", "official", "imported", "board"])),
                name="catalogue_version_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^([0-9a-f]{64})?$")),
                name="catalogue_version_sha256_hex",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("compared_with__isnull", False), ("of", "comparison")),
                    models.Q(("compared_with__isnull", True), ("of__in", ["pass", "history"])),
                    _connector="OR",
                ),
                name="export_compares_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("signature__isnull", True),
                        ("state__in", ["open", "submitted", "returned", "withdrawn"]),
                    ),
                    models.Q(("signature__isnull", False), ("state", "accepted")),
                    _connector="OR",
                ),
                name="pass_accepted_by_a_signature",
            ),
        ),
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "withdrawn"]),
                    models.Q(("returned_at__isnull", False), ("state", "returned")),
                    models.Q(
                        ("state__in", ["submitted", "accepted"]), ("submitted_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="pass_state_has_its_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="pass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_by__isnull", True),
                        ("withdrawn_reason", ""),
                        models.Q(("state", "withdrawn"), _negated=True),
                    ),
                    models.Q(
                        ("state", "withdrawn"),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="pass_withdrawn_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__gte", 1), ("number__lte", 50)),
                    models.Q(("number__gt", 100), ("number__lte", 150)),
                    _connector="OR",
                ),
                name="catalogue_question_number_range",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assignments",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="marker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.marker",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="question",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.question",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="deputy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who stands in",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="evidenceitem",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence_items",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="evidenceitem",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="evidenceitem",
            name="broken_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evidenceitem",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evidenceitem",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reviews.document",
            ),
        ),
        migrations.AddField(
            model_name="evidenceitem",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.question",
            ),
        ),
        migrations.AddField(
            model_name="evidenceitem",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="explanations",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.question",
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="improvements",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="gathered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="marker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.marker",
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="markerplan",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="plan",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="markerplan",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="markerplan",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="markerplan",
            name="lead",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who leads it",
            ),
        ),
        migrations.AddField(
            model_name="markerplan",
            name="marker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.marker",
            ),
        ),
        migrations.AddField(
            model_name="markerplan",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="movement",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="movement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="movement",
            name="earlier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="movement",
            name="later",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="movements",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="movement",
            name="question",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.question",
            ),
        ),
        migrations.AddField(
            model_name="movement",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="pack",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="packs",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="pack",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="pack",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pack",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="questioncomment",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="questioncomment",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="questioncomment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="questioncomment",
            name="mentions",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="people spoken to",
            ),
        ),
        migrations.AddField(
            model_name="questioncomment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="quality_markers.questioncomment",
            ),
        ),
        migrations.AddField(
            model_name="questioncomment",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.question",
            ),
        ),
        migrations.AddField(
            model_name="questioncomment",
            name="resolved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="questioncomment",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="questionreturn",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="questionreturn",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="questionreturn",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.question",
            ),
        ),
        migrations.AddField(
            model_name="questionreturn",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="returnedanswer",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="returnedanswer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="quality_markers.question",
            ),
        ),
        migrations.AddField(
            model_name="returnedanswer",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="returnedanswer",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="returnedpack",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="returnedpack",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="returnedpack",
            name="pack",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="returned",
                to="quality_markers.pack",
            ),
        ),
        migrations.AddField(
            model_name="returnedpack",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="returnedanswer",
            name="returned",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="quality_markers.returnedpack",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="submissions",
                to="quality_markers.pass",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="reviews.review",
            ),
        ),
        migrations.AddField(
            model_name="questionreturn",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="returns",
                to="quality_markers.submission",
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="board",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.board"
            ),
        ),
        migrations.AddField(
            model_name="improvement",
            name="themes",
            field=models.ManyToManyField(blank=True, related_name="+", to="quality_markers.theme"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["person"],
                name="assigned_to_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("assessment", "marker", "question", "person"),
                name="assigned_once_at_a_time",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("deputy")), _negated=True),
                name="delegation_to_somebody_else",
            ),
        ),
        migrations.AddIndex(
            model_name="evidenceitem",
            index=models.Index(fields=["assessment", "question"], name="evidence_of_an_answer"),
        ),
        migrations.AddConstraint(
            model_name="evidenceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document__isnull", False), ("kind", "document")),
                    models.Q(
                        ("document__isnull", True),
                        ("kind__in", ["record", "note"]),
                        models.Q(("text", ""), _negated=True),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("kind", "web"),
                        models.Q(("url", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="evidence_is_something",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceitem",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_with_its_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT FROM quality_markers_pass\n                WHERE id IN (NEW.assessment_id, OLD.assessment_id) AND state = 'accepted') THEN\n        RAISE EXCEPTION 'The self-assessment is signed: its texts stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="f00732388c8e115ac22b3b80bd60caac7cbee4a7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stands_with_its_pass_c9536",
                    table="quality_markers_evidenceitem",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.UniqueConstraint(
                fields=("assessment", "question"), name="explained_once_in_a_pass"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="explanation",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_with_its_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT FROM quality_markers_pass\n                WHERE id IN (NEW.assessment_id, OLD.assessment_id) AND state = 'accepted') THEN\n        RAISE EXCEPTION 'The self-assessment is signed: its texts stand.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="a4b83f8dc5fef6ffe0b33ac59bfe46f20d516269",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stands_with_its_pass_b9610",
                    table="quality_markers_explanation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="markerplan",
            constraint=models.UniqueConstraint(
                fields=("assessment", "marker"), name="marker_planned_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="movement",
            constraint=models.UniqueConstraint(
                fields=("earlier", "later", "question"), name="movement_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="movement",
            constraint=models.CheckConstraint(
                condition=models.Q(("earlier", models.F("later")), _negated=True),
                name="movement_between_two_passes",
            ),
        ),
        migrations.AddIndex(
            model_name="questioncomment",
            index=models.Index(fields=["assessment", "question"], name="comment_of_a_question"),
        ),
        migrations.AddConstraint(
            model_name="questioncomment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                    models.Q(
                        ("parent__isnull", True),
                        ("resolved_at__isnull", False),
                        ("resolved_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="comment_resolved_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="questioncomment",
            trigger=pgtrigger.compiler.Trigger(
                name="comment_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="a85c4cd9f5e5781a03fc66ad38ebd85f0357f454",
                    operation="DELETE",
                    pgid="pgtrigger_comment_stays_68922",
                    table="quality_markers_questioncomment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="questioncomment",
            trigger=pgtrigger.compiler.Trigger(
                name="comment_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."assessment_id" IS DISTINCT FROM (NEW."assessment_id") OR OLD."question_id" IS DISTINCT FROM (NEW."question_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="61305e2b08d030c72df3f0336fd4910a7f29c7b0",
                    operation="UPDATE",
                    pgid="pgtrigger_comment_stands_44d31",
                    table="quality_markers_questioncomment",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="returnedpack",
            constraint=models.UniqueConstraint(
                fields=("pack", "sha256", "by"), name="pack_returned_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnedanswer",
            constraint=models.UniqueConstraint(
                fields=("returned", "question"), name="returned_answer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("assessment", "number"), name="submission_number_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="submission_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7a5d72136dc2716c15a9280aba1bc99fd0d8ec36",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_submission_stands_808ce",
                    table="quality_markers_submission",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="questionreturn",
            constraint=models.UniqueConstraint(
                fields=("submission", "question"), name="question_returned_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="questionreturn",
            trigger=pgtrigger.compiler.Trigger(
                name="return_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0ecaff877433b1379c5b9c07fa8d8a741bd7d725",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_return_stands_f8c1c",
                    table="quality_markers_questionreturn",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)),
                fields=("board", "name"),
                name="theme_once_on_a_board",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gathered_at__isnull", True), ("gathered_text", "")),
                    models.Q(
                        ("gathered_at__isnull", False),
                        ("gathered_by__isnull", False),
                        models.Q(("gathered_text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="improvement_gathered_with_words",
            ),
        ),
    ]
