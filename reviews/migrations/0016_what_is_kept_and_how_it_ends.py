import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock
import scr_portal.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_brakes_in_the_database"),
        ("reviews", "0014_dialogue_at_a_question_is_a_permission"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("family", "A child or a member of a family"),
                            ("professional", "Somebody who worked with a family or on a review"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                        verbose_name="who asks",
                    ),
                ),
                ("name", scr_portal.core.fields.EncryptedTextField(verbose_name="name")),
                (
                    "also_called",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="other names, email and telephone"
                    ),
                ),
                (
                    "asks_for",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what they ask for"
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                ("received_how", models.CharField(max_length=100, verbose_name="how it came")),
                (
                    "identity_asked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="asked for proof of identity on"
                    ),
                ),
                (
                    "identity_on",
                    models.DateField(blank=True, null=True, verbose_name="identity confirmed on"),
                ),
                (
                    "identity_how",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how it was confirmed"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "extended_on",
                    models.DateField(blank=True, null=True, verbose_name="extended on"),
                ),
                (
                    "extended_reason",
                    models.TextField(blank=True, verbose_name="why more time is needed"),
                ),
                (
                    "searched_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="searched"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Being prepared"),
                            ("put", "Waits for a second person"),
                            ("signed", "Signed off"),
                            ("sent", "Sent"),
                            ("closed", "Closed without an answer"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("put_at", models.DateTimeField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True, help_text="Of the answer as signed", max_length=64
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="sent on")),
                (
                    "sent_how",
                    models.CharField(blank=True, max_length=100, verbose_name="how it was sent"),
                ),
                ("closed_reason", models.TextField(blank=True, verbose_name="why it was closed")),
                ("token", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_requests",
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
                    "put_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request for personal information",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="AccessPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rows", models.JSONField(default=list)),
                ("close_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "close_by",
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="reviews.accessrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a request for personal information",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Disposal",
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
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=20)),
                (
                    "act",
                    models.CharField(
                        choices=[("destroy", "Destroy"), ("anonymise", "Anonymise")],
                        max_length=10,
                        verbose_name="what happens",
                    ),
                ),
                ("review_id", models.UUIDField(null=True)),
                ("received_id", models.BigIntegerField(null=True)),
                ("reference", models.CharField(max_length=60, verbose_name="what it is about")),
                ("due_on", models.DateField(verbose_name="kept until")),
                ("rule", models.CharField(max_length=400, verbose_name="by which rule")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for the chair"),
                            ("refused", "Not agreed"),
                            ("agreed", "Agreed, and not carried out yet"),
                            ("rows_gone", "Rows gone, files going"),
                            ("done", "Carried out"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("reason", models.TextField(verbose_name="what was looked at")),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_reason", models.TextField(blank=True, verbose_name="reason")),
                ("counts", models.JSONField(default=dict)),
                ("certificate", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("certified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disposals",
                        to="accounts.board",
                    ),
                ),
                (
                    "proposed_by",
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
            ],
            options={
                "verbose_name": "end of keeping",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="DisposalFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "disposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="reviews.disposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "file to remove",
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("asked_by", models.CharField(max_length=200, verbose_name="who asked for it")),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("look_again_on", models.DateField(verbose_name="look again on")),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_reason", models.TextField(blank=True, verbose_name="why it is lifted")),
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
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.receivedreferral",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "legal hold",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Longer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("until", models.DateField(verbose_name="kept until")),
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
                    "received",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.receivedreferral",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "longer keeping",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for the chair"),
                            ("agreed", "Agreed"),
                            ("returned", "Returned"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(verbose_name="why it is as it is")),
                ("proposed_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retention_schedules",
                        to="accounts.board",
                    ),
                ),
                (
                    "proposed_by",
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
            ],
            options={
                "verbose_name": "retention schedule",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="kept for"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("destroy", "Destroy"), ("anonymise", "Anonymise")],
                        max_length=10,
                        verbose_name="what happens then",
                    ),
                ),
                (
                    "source",
                    models.CharField(max_length=300, verbose_name="what the period rests on"),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="reviews.schedule",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a retention schedule",
            },
        ),
        migrations.CreateModel(
            name="AccessItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("target_type", models.CharField(max_length=60)),
                ("target_id", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=200)),
                ("permission", models.CharField(max_length=60)),
                ("is_close", models.BooleanField(default=False)),
                ("is_about", models.BooleanField(default=False)),
                ("text", scr_portal.core.fields.EncryptedTextField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("give", "Give"), ("withhold", "Withhold")],
                        max_length=10,
                        verbose_name="what is done",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("third_party", "It is about somebody else, who has not agreed"),
                            ("confidential", "It was told in confidence"),
                            ("privilege", "Legal privilege"),
                            ("harm", "It would be likely to cause serious harm"),
                            ("not_theirs", "It is not about this person"),
                        ],
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                (
                    "reason",
                    scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="reason"),
                ),
                (
                    "hide",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="also black out"
                    ),
                ),
                (
                    "leave",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="leave open"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                    "decided_by",
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
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="reviews.accesspart",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a request for personal information",
                "ordering": ["label", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("part", "target_type", "target_id"), name="access_item_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", True), ("decision", ""), ("ground", "")
                            ),
                            models.Q(
                                ("decided_by__isnull", False), ("decision", "give"), ("ground", "")
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decision", "withhold"),
                                models.Q(("ground", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="access_item_withheld_on_a_ground",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="accessrequest",
            constraint=models.UniqueConstraint(
                fields=("board", "number"), name="access_request_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="accessrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_by__isnull", True),
                    models.Q(("signed_by", models.F("put_by")), _negated=True),
                    _connector="OR",
                ),
                name="access_request_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="accessrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extended_on__isnull", True), ("extended_reason", "")),
                    models.Q(
                        ("extended_on__isnull", False),
                        models.Q(("extended_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="access_request_extended_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="accessrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "closed"]),
                    models.Q(("put_by__isnull", False), ("state", "put")),
                    models.Q(("signed_by__isnull", False), ("state__in", ["signed", "sent"])),
                    _connector="OR",
                ),
                name="access_request_signed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="accesspart",
            constraint=models.UniqueConstraint(
                fields=("request", "review"), name="access_part_once"
            ),
        ),
        migrations.AddIndex(
            model_name="disposal",
            index=models.Index(
                condition=models.Q(("state__in", ["agreed", "rows_gone"])),
                fields=["not_before"],
                name="disposal_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.UniqueConstraint(
                fields=("board", "number"), name="disposal_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "agreed", "rows_gone"])),
                fields=("review_id",),
                name="disposal_of_a_review_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "agreed", "rows_gone"])),
                fields=("received_id",),
                name="disposal_of_a_referral_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_by__isnull", True), ("state", "proposed")),
                    models.Q(
                        models.Q(("state", "proposed"), _negated=True),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="disposal_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_by__isnull", True),
                    models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="disposal_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "done"), ("sha256", ""), _connector="XOR"),
                name="disposal_certified_when_done",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disposal",
            trigger=pgtrigger.compiler.Trigger(
                name="certificate_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'done')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="49c301afbcb2f583522d9f01990f2c030fe04a2b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_certificate_stands_0653f",
                    table="reviews_disposal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=["review"],
                name="hold_that_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received__isnull", True), ("review__isnull", False)),
                    models.Q(("received__isnull", False), ("review__isnull", True)),
                    _connector="OR",
                ),
                name="hold_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lifted_at__isnull", True),
                        ("lifted_by__isnull", True),
                        ("lifted_reason", ""),
                    ),
                    models.Q(
                        ("lifted_at__isnull", False),
                        ("lifted_by__isnull", False),
                        models.Q(("lifted_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hold_lifted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="longer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received__isnull", True), ("review__isnull", False)),
                    models.Q(("received__isnull", False), ("review__isnull", True)),
                    _connector="OR",
                ),
                name="longer_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.UniqueConstraint(
                fields=("board", "number"), name="retention_schedule_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("board",),
                name="retention_schedule_proposed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True),
                        ("settled_by__isnull", True),
                        ("state", "proposed"),
                    ),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        ("state__in", ["agreed", "returned"]),
                    ),
                    _connector="OR",
                ),
                name="retention_schedule_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_by__isnull", True),
                    models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="retention_schedule_by_two_people",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schedule",
            trigger=pgtrigger.compiler.Trigger(
                name="settled_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" IN ('agreed', 'returned'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="403522c338ab90152c6fdee87ebe15155b2e9950",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_settled_stands_60c88",
                    table="reviews_schedule",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("schedule", "kind"), name="retention_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["destroy", "anonymise"])),
                name="retention_line_act_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="line_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d1ad3679fc94992bd0a5244ee9456ac74e5176f3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_line_stands_bfa6c",
                    table="reviews_line",
                    when="BEFORE",
                ),
            ),
        ),
    ]
