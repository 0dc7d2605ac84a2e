import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock
import scr_portal.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=40, verbose_name="reference")),
                ("pseudonym", models.CharField(max_length=60, verbose_name="pseudonym")),
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
                (
                    "stage",
                    models.CharField(
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
                        default="referred",
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                ("stage_since", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided yet"),
                            ("review", "Serious case review"),
                            ("other_learning", "Other learning"),
                            ("no_action", "No further action"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("profile", models.CharField(max_length=20, verbose_name="timetable")),
                ("incident_on", models.DateField(verbose_name="date of the incident")),
                (
                    "aware_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="date the board learned of it"
                    ),
                ),
                (
                    "notified_on",
                    models.DateField(blank=True, null=True, verbose_name="date of notification"),
                ),
                ("referred_on", models.DateField(verbose_name="date of referral")),
                (
                    "decided_on",
                    models.DateField(blank=True, null=True, verbose_name="date of the decision"),
                ),
                (
                    "completed_on",
                    models.DateField(blank=True, null=True, verbose_name="date of completion"),
                ),
                (
                    "publication_planned_on",
                    models.DateField(blank=True, null=True, verbose_name="planned publication"),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="date of publication"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
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
                    "partner_boards",
                    models.ManyToManyField(
                        blank=True,
                        related_name="partner_reviews",
                        to="accounts.board",
                        verbose_name="partner boards",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "ordering": ["-referred_on", "reference"],
                "permissions": [
                    ("view", "see that the review exists, its stage and dates"),
                    ("edit", "edit the record, manage dates"),
                    ("appoint", "appoint people, recuse"),
                    ("sign", "sign decisions and stages that need the chair"),
                    ("move", "move a stage"),
                    ("move_report", "move to drafting and to sign-off"),
                    ("read_decisions", "read the referral and the decision"),
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
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["board", "-referred_on", "reference"], name="review_list")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("board", "reference"), name="review_reference_once_on_a_board"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "referred",
                                    "considering",
                                    "decided",
                                    "commissioning",
                                    "under_way",
                                    "drafting",
                                    "sign_off",
                                    "responding",
                                    "publication",
                                    "implementing",
                                    "closed",
                                ],
                            )
                        ),
                        name="review_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["", "review", "other_learning", "no_action"])
                        ),
                        name="review_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("marking__in", ["official", "sensitive", "secret"])),
                        name="review_marking_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("referred_on__gte", models.F("incident_on"))),
                        name="review_referred_after_the_incident",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("referrer_name", models.CharField(max_length=200, verbose_name="referred by")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("criteria", "The statutory criteria are met"),
                            ("other", "Another reason to learn from the case"),
                        ],
                        max_length=10,
                        verbose_name="ground for the referral",
                    ),
                ),
                ("rationale", models.TextField(verbose_name="why the case is referred")),
                (
                    "support",
                    models.TextField(blank=True, verbose_name="information that supports it"),
                ),
                (
                    "delay_reason",
                    models.TextField(blank=True, verbose_name="why the referral took this long"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referral",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "referral",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["criteria", "other"])),
                        name="referral_ground_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
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
                "verbose_name": "recusal",
                "indexes": [models.Index(fields=["user", "review"], name="recusal_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("review", "user"),
                        name="recusal_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="recusal_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="reason")),
                ("reason", models.TextField(blank=True, verbose_name="in your own words")),
                (
                    "started_on",
                    models.DateField(
                        default=scr_portal.core.clock.today, verbose_name="paused from"
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="resumed on")),
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
                "verbose_name": "pause",
                "ordering": ["started_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("review",),
                        name="pause_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="pause_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_by__isnull", True), ("ended_on__isnull", True)),
                            models.Q(("ended_by__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="pause_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("due_on", models.DateField(verbose_name="new date")),
                ("kind", models.CharField(max_length=30, verbose_name="reason")),
                ("reason", models.TextField(blank=True, verbose_name="in your own words")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for the chair"),
                            ("agreed", "Agreed"),
                            ("refused", "Not agreed"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
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
                    "settled_by",
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
            ],
            options={
                "verbose_name": "extension",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "agreed", "refused"])),
                        name="extension_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                                ("state", "asked"),
                            ),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="extension_settled_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("review", "key"),
                        name="extension_asked_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=200, verbose_name="what is due")),
                ("statutory", models.BooleanField(default=False)),
                (
                    "limit_on",
                    models.DateField(help_text="By the timetable alone", verbose_name="limit"),
                ),
                (
                    "due_on",
                    models.DateField(help_text="With pauses and extensions", verbose_name="due"),
                ),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="met on")),
                ("remind_on", models.DateField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "met_by",
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
            ],
            options={
                "verbose_name": "date",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("met_on__isnull", True), ("remind_on__isnull", False)),
                        fields=["remind_on"],
                        name="deadline_to_remind",
                    ),
                    models.Index(
                        condition=models.Q(("met_on__isnull", True)),
                        fields=["board", "due_on"],
                        name="deadline_open_of_board",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "key"), name="deadline_once_in_a_review"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Child",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.CharField(max_length=60, verbose_name="pseudonym")),
                (
                    "real_name",
                    scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="real name"),
                ),
                (
                    "date_of_birth",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="date of birth"
                    ),
                ),
                (
                    "age_at_incident",
                    models.CharField(
                        blank=True,
                        help_text="Such as 7 months or 12",
                        max_length=40,
                        verbose_name="age at the incident",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("female", "Female"),
                            ("male", "Male"),
                            ("other", "Other"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="sex",
                    ),
                ),
                (
                    "harm",
                    models.CharField(
                        choices=[("died", "Died"), ("harmed", "Seriously harmed")],
                        max_length=10,
                        verbose_name="what happened to the child",
                    ),
                ),
                (
                    "ethnicity",
                    models.CharField(blank=True, max_length=100, verbose_name="ethnicity"),
                ),
                (
                    "language",
                    models.CharField(blank=True, max_length=100, verbose_name="first language"),
                ),
                ("religion", models.CharField(blank=True, max_length=100, verbose_name="religion")),
                (
                    "disability",
                    models.CharField(blank=True, max_length=200, verbose_name="disability"),
                ),
                (
                    "legal_status",
                    models.CharField(
                        choices=[
                            ("none", "No order or plan"),
                            ("in_need", "Child in need plan"),
                            ("protection_plan", "Child protection plan"),
                            ("looked_after", "Looked after, by agreement"),
                            ("care_order", "Care order or interim care order"),
                            ("supervision", "Supervision order"),
                            ("other", "Other order"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=20,
                        verbose_name="legal status",
                    ),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "child",
                "verbose_name_plural": "children",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "pseudonym"), name="child_pseudonym_once_in_a_review"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("harm__in", ["died", "harmed"])),
                        name="child_harm_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "Lead reviewer"),
                            ("liaison", "Family liaison"),
                            ("panel", "Panel member"),
                            ("agency", "Agency author"),
                            ("observer", "Observer"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "starts",
                    models.DateField(default=scr_portal.core.clock.today, verbose_name="starts"),
                ),
                ("ends", models.DateField(blank=True, null=True, verbose_name="ends")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
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
                "verbose_name": "appointment",
                "ordering": ["role", "starts", "pk"],
                "indexes": [models.Index(fields=["user", "review"], name="appointment_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["agency", "lead", "liaison", "observer", "panel"])
                        ),
                        name="appointment_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="appointment_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("review", "user", "role"),
                        name="appointment_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewUserObjectPermission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts", models.DateField(default=scr_portal.core.clock.today)),
                ("ends", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "appointment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="reviews.appointment",
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
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="reviews.review",
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="auth.permission"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "permission on a review",
                "indexes": [
                    models.Index(
                        fields=["user", "permission", "content_object"], name="grant_of_person"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "permission", "content_object", "appointment"),
                        name="grant_once_per_appointment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("appointment__isnull", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="grant_by_name_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("target_type", models.CharField(max_length=60)),
                ("target_id", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=300, verbose_name="what was signed")),
                ("statement", models.TextField(verbose_name="statement")),
                ("content", models.TextField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64)),
                ("signer_name", models.CharField(max_length=200, verbose_name="signed by")),
                ("permission", models.CharField(max_length=60)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("password", "Password given again"),
                            ("passkey", "Passkey given again"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=scr_portal.core.clock.now, verbose_name="signed at"
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
                    "signer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("target_type", "target_id"), name="signature_once_per_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["password", "passkey"])),
                        name="signature_method_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ready", "Waits for the chair"),
                            ("signed", "Signed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("review", "Serious case review"),
                            ("other_learning", "Other learning"),
                            ("no_action", "No further action"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "criteria_met",
                    models.BooleanField(null=True, verbose_name="the statutory criteria are met"),
                ),
                (
                    "nature",
                    models.TextField(blank=True, verbose_name="nature and scale of the review"),
                ),
                (
                    "rationale",
                    models.TextField(blank=True, verbose_name="reasons for the decision"),
                ),
                (
                    "delay_reason",
                    models.TextField(
                        blank=True, verbose_name="why the decision took longer than the limit"
                    ),
                ),
                (
                    "changed",
                    models.TextField(blank=True, verbose_name="what is new since the last version"),
                ),
                ("return_reasons", models.TextField(blank=True, verbose_name="why it comes back")),
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
                ("writers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "written_by",
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
                        related_name="decision",
                        to="reviews.signature",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "number"), name="decision_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "signed"), _negated=True),
                        fields=("review",),
                        name="decision_one_in_work",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signature__isnull", True), ("state__in", ["draft", "ready"])
                            ),
                            models.Q(("signature__isnull", False), ("state", "signed")),
                            _connector="OR",
                        ),
                        name="decision_signed_by_a_signature",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
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
                    ),
                ),
                (
                    "target",
                    models.CharField(
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
                    ),
                ),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("reason", models.TextField(blank=True)),
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
                "verbose_name": "change of stage",
                "ordering": ["at", "pk"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="lifecycle_begins",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF TG_OP = 'INSERT' THEN\n            IF NEW.stage <> 'referred' THEN\n                RAISE EXCEPTION 'A review begins as referred, not as %.', NEW.stage\n                    USING ERRCODE = 'check_violation';\n            END IF;\n        ELSIF (OLD.stage, NEW.stage) NOT IN (('referred', 'considering'), ('considering', 'decided'), ('decided', 'commissioning'), ('decided', 'closed'), ('decided', 'considering'), ('commissioning', 'under_way'), ('under_way', 'drafting'), ('drafting', 'under_way'), ('drafting', 'sign_off'), ('sign_off', 'drafting'), ('sign_off', 'responding'), ('responding', 'publication'), ('publication', 'implementing'), ('implementing', 'closed'), ('closed', 'considering'), ('closed', 'implementing')) THEN\n            RAISE EXCEPTION 'A review does not move from % to %.', OLD.stage, NEW.stage\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="55f53660da1170b954df150347b844eb71231bc2",
                    operation="INSERT",
                    pgid="pgtrigger_lifecycle_begins_6db4d",
                    table="reviews_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="lifecycle",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."stage" IS DISTINCT FROM (NEW."stage"))',
                    func="\n        IF TG_OP = 'INSERT' THEN\n            IF NEW.stage <> 'referred' THEN\n                RAISE EXCEPTION 'A review begins as referred, not as %.', NEW.stage\n                    USING ERRCODE = 'check_violation';\n            END IF;\n        ELSIF (OLD.stage, NEW.stage) NOT IN (('referred', 'considering'), ('considering', 'decided'), ('decided', 'commissioning'), ('decided', 'closed'), ('decided', 'considering'), ('commissioning', 'under_way'), ('under_way', 'drafting'), ('drafting', 'under_way'), ('drafting', 'sign_off'), ('sign_off', 'drafting'), ('sign_off', 'responding'), ('responding', 'publication'), ('publication', 'implementing'), ('implementing', 'closed'), ('closed', 'considering'), ('closed', 'implementing')) THEN\n            RAISE EXCEPTION 'A review does not move from % to %.', OLD.stage, NEW.stage\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="0dc7e7411fad3cf21f5abe40cc61839016c7f630",
                    operation='UPDATE OF "stage"',
                    pgid="pgtrigger_lifecycle_bae82",
                    table="reviews_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signature",
            trigger=pgtrigger.compiler.Trigger(
                name="immutable",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="732f756d60a82c40ffa49b25ad420ec9bef1ac61",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_immutable_9d6fb",
                    table="reviews_signature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'signed')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="18ddb8fc38c8eeda6e897a2788267e90ede0434e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_signed_stands_a52be",
                    table="reviews_decision",
                    when="BEFORE",
                ),
            ),
        ),
    ]
