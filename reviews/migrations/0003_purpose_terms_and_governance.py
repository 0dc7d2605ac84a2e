import django.core.validators
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
        ("accounts", "__first__"),
        ("reviews", "0002_from_referral_to_briefing"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssuranceStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place")),
                ("what", models.CharField(max_length=200, verbose_name="step")),
                ("who", models.CharField(max_length=200, verbose_name="who does it")),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the assurance",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Governance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "challenge",
                    models.TextField(blank=True, verbose_name="where and how challenge is raised"),
                ),
                (
                    "balance",
                    models.TextField(
                        blank=True,
                        verbose_name="how independence and the board's ownership are balanced",
                    ),
                ),
                (
                    "impasse",
                    models.TextField(
                        blank=True, verbose_name="what happens when no agreement is reached"
                    ),
                ),
                ("changed_at", models.DateTimeField(default=scr_portal.core.clock.now)),
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
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="governance",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "governance",
            },
        ),
        migrations.CreateModel(
            name="Impasse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=200, verbose_name="about")),
                ("reviewer_position", models.TextField(verbose_name="position of the reviewer")),
                ("board_position", models.TextField(verbose_name="position of the board")),
                ("arose_on", models.DateField(verbose_name="arose on")),
                ("outcome", models.TextField(blank=True, verbose_name="what came of it")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
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
                "verbose_name": "impasse",
                "verbose_name_plural": "impasses",
                "ordering": ["arose_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PurposeStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(verbose_name="what the review is for")),
                (
                    "complications",
                    models.TextField(
                        blank=True, verbose_name="what makes that harder, said openly"
                    ),
                ),
                (
                    "no_complications",
                    models.BooleanField(
                        default=False, verbose_name="nothing is known that complicates the purpose"
                    ),
                ),
                ("written_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("agreed_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "statement of purpose",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "number"), name="purpose_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("agreed_at__isnull", True)),
                        fields=("review",),
                        name="purpose_one_in_work",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="purpose_agreed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("conducts", "Conducts the review"),
                            ("assures", "Assures its quality"),
                            ("challenges", "Challenges information and analysis"),
                            ("signs", "Signs the report off"),
                            ("accountable", "Is accountable in the end"),
                        ],
                        max_length=15,
                        verbose_name="what",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="who")),
                (
                    "note",
                    models.CharField(blank=True, max_length=300, verbose_name="in what capacity"),
                ),
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
                    "user",
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
                "verbose_name": "responsibility",
                "verbose_name_plural": "responsibilities",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "duty", "name"), name="responsibility_once_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "contact",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="how to reach them"
                    ),
                ),
                ("experience", models.TextField(blank=True, verbose_name="experience of reviews")),
                ("skills", models.TextField(blank=True, verbose_name="knowledge and skills")),
                (
                    "capacity",
                    models.TextField(blank=True, verbose_name="capacity: other work and dates"),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewers",
                        to="accounts.board",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewer_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reviewer",
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["board", "name"], name="reviewer_list")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("board", "user"),
                        name="reviewer_once_on_a_board",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_by", models.CharField(max_length=200, verbose_name="given by")),
                ("given_on", models.DateField(verbose_name="given on")),
                ("text", models.TextField(blank=True, verbose_name="what it says")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="reviews.reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "reference",
                "ordering": ["-given_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="IndependenceDeclaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("employed", models.BooleanField(verbose_name="employed by an agency of the case")),
                ("managed", models.BooleanField(verbose_name="managed or advised on the case")),
                (
                    "related",
                    models.BooleanField(
                        verbose_name="related to the family or to somebody who worked with it"
                    ),
                ),
                (
                    "other",
                    models.TextField(
                        blank=True, verbose_name="anything else that a reader would want to know"
                    ),
                ),
                ("details", models.TextField(blank=True, verbose_name="details")),
                ("declared_on", models.DateField(verbose_name="declared on")),
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
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="reviews.reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "declaration of independence",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("employed", False), ("managed", False), ("related", False)),
                            models.Q(("details", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tie_is_described",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=100, verbose_name="as")),
                ("starts", models.DateField(verbose_name="contract from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="contract until")),
                (
                    "days",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=5,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="days agreed",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("ended_reason", models.TextField(blank=True, verbose_name="why it ended")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
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
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="reviews.reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "engagement of a reviewer",
                "ordering": ["starts", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("review", "reviewer"),
                        name="engagement_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="engagement_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="round")),
                ("closes_on", models.DateField(verbose_name="comments until")),
                ("opened_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of comments",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(max_length=40)),
                ("text", models.TextField(verbose_name="comment")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("open", "Not dealt with yet"),
                            ("taken", "Taken up"),
                            ("partly", "Taken up in part"),
                            ("not_taken", "Not taken up"),
                            ("answered", "A question, answered"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="what became of it",
                    ),
                ),
                ("disposition_note", models.TextField(blank=True, verbose_name="why")),
                ("disposed_at", models.DateTimeField(blank=True, null=True)),
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
                    "disposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="reviews.comment",
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="reviews.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on the terms of reference",
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(fields=["round", "section", "at"], name="terms_comment_list")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disposed_at__isnull", True), ("disposition", "open")),
                            models.Q(
                                models.Q(("disposition", "open"), _negated=True),
                                ("disposed_at__isnull", False),
                                ("disposed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="terms_comment_disposed_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Telling",
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
                            ("members", "Board members"),
                            ("agency_leads", "Leaders of the agencies involved"),
                            ("practitioners", "Practitioners who worked with the family"),
                            ("family", "The family"),
                            ("reviewers", "Those who conduct the review"),
                        ],
                        max_length=15,
                        verbose_name="group",
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=300, verbose_name="who exactly")),
                ("told_on", models.DateField(verbose_name="told on")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("meeting", "At a meeting"),
                            ("conversation", "In a conversation"),
                            ("telephone", "By telephone"),
                            ("letter", "By letter"),
                            ("email", "By email"),
                            ("briefing", "By a briefing in the portal"),
                            ("other", "In another way"),
                        ],
                        max_length=15,
                        verbose_name="how",
                    ),
                ),
                ("told_by", models.CharField(max_length=200, verbose_name="by whom")),
                ("note", models.TextField(blank=True, verbose_name="what they said or asked")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                (
                    "struck_reason",
                    models.TextField(blank=True, verbose_name="why the line was struck out"),
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
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tellings",
                        to="reviews.purposestatement",
                    ),
                ),
                (
                    "struck_by",
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
                "verbose_name": "telling of the purpose",
                "ordering": ["told_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "group__in",
                                ["members", "agency_leads", "practitioners", "family", "reviewers"],
                            )
                        ),
                        name="telling_group_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("struck_at__isnull", True), ("struck_by__isnull", True)),
                            models.Q(("struck_at__isnull", False), ("struck_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="telling_struck_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TellingWaiver",
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
                            ("members", "Board members"),
                            ("agency_leads", "Leaders of the agencies involved"),
                            ("practitioners", "Practitioners who worked with the family"),
                            ("family", "The family"),
                            ("reviewers", "Those who conduct the review"),
                        ],
                        max_length=15,
                        verbose_name="group",
                    ),
                ),
                ("reason", models.TextField(verbose_name="why they are not told yet")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
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
            ],
            options={
                "verbose_name": "waiver",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("review", "group"),
                        name="telling_waived_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("consulting", "Out for comments"),
                            ("ready", "Waits for the chair"),
                            ("signed", "Signed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "period_from",
                    models.DateField(blank=True, null=True, verbose_name="period from"),
                ),
                ("period_to", models.DateField(blank=True, null=True, verbose_name="period to")),
                (
                    "changed",
                    models.TextField(blank=True, verbose_name="what is new since the last edition"),
                ),
                ("return_reasons", models.TextField(blank=True, verbose_name="why it comes back")),
                ("created_at", models.DateTimeField(default=scr_portal.core.clock.now)),
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
                    "created_by",
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
                    "signature",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="reviews.signature",
                    ),
                ),
                ("writers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "terms of reference",
                "verbose_name_plural": "terms of reference",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="terms_edition_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "signed"), _negated=True),
                        fields=("review",),
                        name="terms_one_in_work",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signature__isnull", True),
                                ("state__in", ["draft", "consulting", "ready"]),
                            ),
                            models.Q(("signature__isnull", False), ("state", "signed")),
                            _connector="OR",
                        ),
                        name="terms_signed_by_a_signature",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_from__isnull", True),
                            ("period_to__isnull", True),
                            ("period_to__gte", models.F("period_from")),
                            _connector="OR",
                        ),
                        name="terms_period_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "changed_by",
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
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="reviews.terms",
                    ),
                ),
            ],
            options={
                "verbose_name": "section of the terms of reference",
                "constraints": [
                    models.UniqueConstraint(fields=("terms", "key"), name="terms_section_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="round",
            name="terms",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rounds",
                to="reviews.terms",
            ),
        ),
        migrations.CreateModel(
            name="TermsAgency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked",
                    models.TextField(blank=True, verbose_name="what is asked of it, and why"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
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
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agencies",
                        to="reviews.terms",
                    ),
                ),
            ],
            options={
                "verbose_name": "agency in the terms of reference",
                "ordering": ["agency__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("terms", "agency"), name="terms_agency_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "why",
                    models.CharField(
                        choices=[("round", "Sent out for comments"), ("chair", "Put to the chair")],
                        max_length=10,
                    ),
                ),
                ("content", models.JSONField()),
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
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept",
                        to="reviews.terms",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the terms of reference",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("terms", "number"), name="terms_version_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="round",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="round",
                to="reviews.termsversion",
            ),
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="partner board")),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="whom to speak to there"
                    ),
                ),
                (
                    "agreed",
                    models.TextField(blank=True, verbose_name="what the boards have agreed"),
                ),
                (
                    "starts",
                    models.DateField(default=scr_portal.core.clock.today, verbose_name="from"),
                ),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
            ],
            options={
                "verbose_name": "partner board",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True), ("partner__isnull", False)),
                        fields=("review", "partner"),
                        name="partner_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partner__isnull", True),
                            models.Q(("partner", models.F("board")), _negated=True),
                            _connector="OR",
                        ),
                        name="partner_is_another_board",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="terms",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_terms_stand",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'signed')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3af0c6533c388ec71b4dd179323520225da2be86",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_signed_terms_stand_0e222",
                    table="reviews_terms",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termsversion",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_terms_stand",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bfb1f81c73bb229cea9f3bc9adc639a42ae1c695",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_kept_terms_stand_1d5f7",
                    table="reviews_termsversion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("terms", "number"), name="terms_round_once"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("terms",),
                name="terms_round_open_once",
            ),
        ),
    ]
