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
        ("guests", "0001_links_and_letters"),
        ("reviews", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="review",
            options={
                "default_permissions": (),
                "ordering": ["-referred_on", "reference"],
                "permissions": [
                    ("view", "see that the review exists, its stage and dates"),
                    ("edit", "edit the record, manage dates"),
                    ("appoint", "appoint people, recuse"),
                    ("sign", "sign decisions and stages that need the chair"),
                    ("move", "move a stage"),
                    ("move_report", "move to drafting and to sign-off"),
                    ("read_decisions", "read the referral and the decision"),
                    ("recommend", "recommend to the chair"),
                    ("give_input", "give input to a decision or terms of reference when asked"),
                    ("receive_briefings", "receive briefings"),
                    ("answer_requests", "answer what an agency is asked"),
                    ("read_scope", "read purpose, terms of reference and governance"),
                    ("write_scope", "write purpose, terms of reference and governance"),
                    ("read_plan", "read the plan and the parallel processes"),
                    ("keep_plan", "keep the plan and the parallel processes"),
                    ("read_documents", "read the documents that are theirs to read"),
                    ("add_documents", "add documents"),
                    ("see_family", "see the family register"),
                    ("keep_family", "keep the family register"),
                    ("see_names", "see real names"),
                    ("read_history", "read the history"),
                    ("export", "export and download what they may see"),
                    ("read_markers", "read self-assessments"),
                    ("read_family_markers", "read self-assessments of the family"),
                    ("answer_markers", "fill in self-assessments"),
                    ("answer_family_markers", "fill in self-assessments of the family"),
                    ("accept_markers", "accept a self-assessment pass"),
                ],
                "verbose_name": "review",
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="departs_reason",
            field=models.TextField(
                blank=True, verbose_name="why it departs from the recommendation"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="route",
            field=models.CharField(
                choices=[
                    ("unit", "The business unit"),
                    ("member", "A board member"),
                    ("outside", "A professional outside the board"),
                ],
                default="unit",
                max_length=10,
                verbose_name="made by",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="urgent_risks",
            field=models.TextField(blank=True, verbose_name="risks that cannot wait"),
        ),
        migrations.CreateModel(
            name="Briefing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ready", "Waits for the chair"),
                            ("issued", "Issued"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "tells_outcome",
                    models.BooleanField(
                        verbose_name="the outcome, and whether the criteria are met"
                    ),
                ),
                (
                    "tells_nature",
                    models.BooleanField(
                        default=False, verbose_name="the nature and scale of the review"
                    ),
                ),
                (
                    "tells_rationale",
                    models.BooleanField(
                        default=False, verbose_name="the chair's reasons, word for word"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="in words for the members")),
                ("read_by", models.DateField(blank=True, null=True, verbose_name="to be read by")),
                ("issued_text", models.TextField(blank=True)),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued")),
                ("written_at", models.DateTimeField(default=scr_portal.core.clock.now)),
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
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="briefings",
                        to="reviews.decision",
                    ),
                ),
                (
                    "issued_by",
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
                "verbose_name": "briefing",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "number"), name="briefing_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "issued"), _negated=True),
                        fields=("review",),
                        name="briefing_one_in_work",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_at__isnull", True), ("state__in", ["draft", "ready"])
                            ),
                            models.Q(
                                ("issued_at__isnull", False),
                                ("issued_by__isnull", False),
                                ("state", "issued"),
                            ),
                            _connector="OR",
                        ),
                        name="briefing_issued_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseTest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clause", models.CharField(max_length=40)),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what it rests on")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="reviews.referral",
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
                "verbose_name": "clause of the criteria",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("referral", "clause"), name="clause_tested_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FactorNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("factor", models.CharField(max_length=30)),
                (
                    "bearing",
                    models.CharField(
                        choices=[
                            ("towards", "Speaks for a review, or for a wider one"),
                            ("against", "Speaks against a review, or for a narrower one"),
                            ("neither", "Weighed, and changes nothing"),
                        ],
                        max_length=10,
                        verbose_name="bearing",
                    ),
                ),
                ("note", models.TextField(verbose_name="why")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="factors",
                        to="reviews.decision",
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
                "verbose_name": "factor of the decision",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "factor"), name="factor_weighed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lived_elsewhere",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No, as far as is known"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=10,
                        verbose_name="has the family lived in the area of another board?",
                    ),
                ),
                ("context", models.TextField(blank=True, verbose_name="the local context")),
                (
                    "sufficient",
                    models.TextField(
                        blank=True, verbose_name="whether this is enough to decide on, and why"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=scr_portal.core.clock.now)),
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
                        related_name="gathering",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "information for the decision",
            },
        ),
        migrations.CreateModel(
            name="InputRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("due_on", models.DateField(verbose_name="wanted by")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.TextField(blank=True, verbose_name="why it was given up")),
                ("chase_on", models.DateField(blank=True, null=True)),
                (
                    "chased",
                    models.PositiveSmallIntegerField(default=0, verbose_name="reminders sent"),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("decision", "The decision"), ("terms", "The terms of reference")],
                        default="decision",
                        max_length=10,
                    ),
                ),
                ("question", models.TextField(verbose_name="what is asked")),
                (
                    "told",
                    models.TextField(blank=True, verbose_name="what they are told of the case"),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "nothing_to_add",
                    models.BooleanField(default=False, verbose_name="nothing to add"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.ForeignKey(
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
                    "link",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_%(class)s",
                        to="guests.guestlink",
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
                        related_name="asked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request for input",
                "ordering": ["due_on", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("chase_on__isnull", False)),
                        fields=["chase_on"],
                        name="inputrequest_to_chase",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inputrequest_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chase_on__isnull", True),
                            models.Q(("answered_at__isnull", True), ("ended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="inputrequest_chased_while_it_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("link__isnull", True), ("user__isnull", False)),
                        name="input_asked_of_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("ended_at__isnull", True)
                        ),
                        fields=("review", "user", "about"),
                        name="input_asked_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningPriority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="learning priority")),
                (
                    "starts",
                    models.DateField(default=scr_portal.core.clock.today, verbose_name="from"),
                ),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="learning_priorities",
                        to="accounts.board",
                    ),
                ),
            ],
            options={
                "verbose_name": "learning priority",
                "verbose_name_plural": "learning priorities",
                "ordering": ["title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="learning_priority_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="priority",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="reviews.learningpriority",
                verbose_name="learning priority",
            ),
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="held on")),
                ("present", models.TextField(verbose_name="who was there")),
                ("absent", models.TextField(blank=True, verbose_name="who was not")),
                ("considered", models.TextField(blank=True, verbose_name="what was considered")),
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
                "verbose_name": "meeting of the sub-group",
                "ordering": ["held_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NationalNotification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=200, verbose_name="who was told")),
                ("clock_key", models.CharField(blank=True, max_length=40)),
                ("sent_on", models.DateField(verbose_name="sent on")),
                ("route", models.CharField(max_length=200, verbose_name="by what route")),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification to a national body",
                "ordering": ["sent_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NeighbourCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("board_name", models.CharField(max_length=200, verbose_name="board asked")),
                (
                    "period",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="when the family lived there"
                    ),
                ),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="asked on")),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                ("answer", models.TextField(blank=True, verbose_name="what it said")),
                (
                    "not_asked_reason",
                    models.TextField(blank=True, verbose_name="why it was not asked"),
                ),
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
                "verbose_name": "check with another board",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True),
                            ("asked_on__isnull", False),
                            _connector="OR",
                        ),
                        name="neighbour_asked_before_it_answers",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PeerChallenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sought", models.BooleanField(verbose_name="a peer was asked")),
                (
                    "peer",
                    models.CharField(blank=True, max_length=200, verbose_name="who was asked"),
                ),
                (
                    "peer_board",
                    models.CharField(blank=True, max_length=200, verbose_name="chair of"),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="when")),
                ("asked", models.TextField(blank=True, verbose_name="what was asked")),
                ("said", models.TextField(blank=True, verbose_name="what they said")),
                ("became", models.TextField(blank=True, verbose_name="what came of it")),
                (
                    "not_sought_reason",
                    models.TextField(blank=True, verbose_name="why nobody was asked"),
                ),
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
                "verbose_name": "independent challenge",
                "ordering": ["held_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_on__isnull", False),
                                ("sought", True),
                                models.Q(("peer", ""), _negated=True),
                            ),
                            models.Q(
                                ("sought", False),
                                models.Q(("not_sought_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="peer_challenge_had_or_explained",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PreservationNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("due_on", models.DateField(verbose_name="wanted by")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.TextField(blank=True, verbose_name="why it was given up")),
                ("chase_on", models.DateField(blank=True, null=True)),
                (
                    "chased",
                    models.PositiveSmallIntegerField(default=0, verbose_name="reminders sent"),
                ),
                ("text", models.TextField(verbose_name="what is to be kept")),
                (
                    "acknowledged_name",
                    models.CharField(blank=True, max_length=200, verbose_name="acknowledged by"),
                ),
                ("note", models.TextField(blank=True, verbose_name="what the agency says to it")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
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
                    "link",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_%(class)s",
                        to="guests.guestlink",
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
                        related_name="asked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "preservation notice",
                "ordering": ["due_on", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("chase_on__isnull", False)),
                        fields=["chase_on"],
                        name="preservationnotice_to_chase",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="preservationnotice_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chase_on__isnull", True),
                            models.Q(("answered_at__isnull", True), ("ended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="preservationnotice_chased_while_it_waits",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("review", "agency"),
                        name="preservation_notice_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("due_on", models.DateField(verbose_name="wanted by")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.TextField(blank=True, verbose_name="why it was given up")),
                ("chase_on", models.DateField(blank=True, null=True)),
                (
                    "chased",
                    models.PositiveSmallIntegerField(default=0, verbose_name="reminders sent"),
                ),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first opened"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
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
                    "briefing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="reviews.briefing",
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
                    "link",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_%(class)s",
                        to="guests.guestlink",
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
                        related_name="asked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt of a briefing",
                "ordering": ["due_on", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("chase_on__isnull", False)),
                        fields=["chase_on"],
                        name="receipt_to_chase",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="receipt_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chase_on__isnull", True),
                            models.Q(("answered_at__isnull", True), ("ended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="receipt_chased_while_it_waits",
                    ),
                    models.UniqueConstraint(
                        fields=("briefing", "user"), name="receipt_once_a_member"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedReferral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answers", scr_portal.core.fields.EncryptedTextField()),
                (
                    "received_at",
                    models.DateTimeField(
                        default=scr_portal.core.clock.now, verbose_name="received"
                    ),
                ),
                ("token", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("accepted", "Opened as a review"),
                            ("same", "About a review that is open already"),
                            ("declined", "Not taken further"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_referrals",
                        to="accounts.board",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_referral",
                        to="guests.guestlink",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_referrals",
                        to="reviews.review",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "received referral",
                "ordering": ["-received_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["board", "state", "-received_at"], name="received_referral_list"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", True), ("link__isnull", False)),
                            models.Q(("by__isnull", False), ("link__isnull", True)),
                            _connector="OR",
                        ),
                        name="received_referral_from_one_sender",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                                ("state", "new"),
                            ),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("state__in", ["accepted", "same", "declined"]),
                            ),
                            _connector="OR",
                        ),
                        name="received_referral_settled_or_new",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("review", "Serious case review"),
                            ("other_learning", "Other learning"),
                            ("no_action", "No further action"),
                        ],
                        max_length=20,
                        verbose_name="recommended",
                    ),
                ),
                (
                    "nature",
                    models.TextField(blank=True, verbose_name="nature and scale of the review"),
                ),
                ("rationale", models.TextField(verbose_name="reasons")),
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="reviews.meeting",
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
                "verbose_name": "recommendation",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="recommendation_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Dissent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=200, verbose_name="who does not agree")),
                ("text", models.TextField(verbose_name="what they hold instead, and why")),
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
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dissents",
                        to="reviews.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "dissent",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="recommendation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="reviews.recommendation",
                verbose_name="recommendation considered",
            ),
        ),
        migrations.CreateModel(
            name="ReturnQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place")),
                ("text", models.CharField(max_length=300, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=300, verbose_name="help")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "A few sentences"),
                            ("yes_no", "Yes or no"),
                            ("date", "A date"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="answered by",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="must be answered")),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="return_questions",
                        to="accounts.board",
                    ),
                ),
            ],
            options={
                "verbose_name": "question of the agency return",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
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
                            ("adult", "An adult, by a token"),
                            ("setting", "A setting, such as a school or a ward"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("label", models.CharField(max_length=80, verbose_name="tag")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tags",
                        to="accounts.board",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag",
                "ordering": ["kind", "label"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("board", "kind", "label"), name="tag_once_on_a_board"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="tags",
            field=models.ManyToManyField(
                blank=True, related_name="referrals", to="reviews.tag", verbose_name="tags"
            ),
        ),
        migrations.CreateModel(
            name="AgencyReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("due_on", models.DateField(verbose_name="wanted by")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.TextField(blank=True, verbose_name="why it was given up")),
                ("chase_on", models.DateField(blank=True, null=True)),
                (
                    "chased",
                    models.PositiveSmallIntegerField(default=0, verbose_name="reminders sent"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("nothing_known", "Nothing known of the family"),
                            ("not_returned", "Not returned"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=15,
                    ),
                ),
                ("questions", models.JSONField(default=list)),
                ("answers", models.JSONField(default=dict)),
                (
                    "note",
                    models.TextField(
                        blank=True, verbose_name="anything else the board should know"
                    ),
                ),
                (
                    "answered_name",
                    models.CharField(blank=True, max_length=200, verbose_name="answered by"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
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
                    "link",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_%(class)s",
                        to="guests.guestlink",
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
                        related_name="asked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_down_by",
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
                "verbose_name": "agency return",
                "ordering": ["due_on", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("chase_on__isnull", False)),
                        fields=["chase_on"],
                        name="agencyreturn_to_chase",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="agencyreturn_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chase_on__isnull", True),
                            models.Q(("answered_at__isnull", True), ("ended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="agencyreturn_chased_while_it_waits",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("review", "agency"),
                        name="agency_return_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state__in", ["answered", "nothing_known"]),
                            ),
                            models.Q(
                                ("answered_at__isnull", True),
                                ("state__in", ["asked", "not_returned", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="agency_return_answered_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["not_returned", "withdrawn"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("state__in", ["asked", "answered", "nothing_known"]),
                            ),
                            _connector="OR",
                        ),
                        name="agency_return_ended_at",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="briefing",
            trigger=pgtrigger.compiler.Trigger(
                name="issued_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'issued')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f2b6d5ed3b5d7c3f7b47ed29abe1515e68b2997c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_issued_stands_55605",
                    table="reviews_briefing",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="factornote",
            trigger=pgtrigger.compiler.Trigger(
                name="factors_stand_with_a_signed_decision",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE signed boolean;",
                    func="\n                    SELECT state = 'signed' INTO signed FROM reviews_decision\n                     WHERE id = COALESCE(NEW.decision_id, OLD.decision_id);\n                    IF signed THEN\n                        RAISE EXCEPTION 'The decision is signed.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="fcca998030d4c310b11a7d6b60f1c56e6789ce40",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_factors_stand_with_a_signed_decision_1d59a",
                    table="reviews_factornote",
                    when="BEFORE",
                ),
            ),
        ),
    ]
