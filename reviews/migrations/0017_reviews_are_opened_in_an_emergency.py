import datetime

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_brakes_in_the_database"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("reviews", "0016_what_is_kept_and_how_it_ends"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Emergency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("harm", "Somebody may come to harm"),
                            ("court", "A court or the police need an answer now"),
                            ("nobody", "Nobody who may open it can be reached"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("token", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("right", "It was right to open the review"),
                            ("wrong", "The review should not have been opened"),
                        ],
                        max_length=10,
                        verbose_name="what you found",
                    ),
                ),
                ("said", models.TextField(blank=True, verbose_name="what you say of it")),
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
                    "looked_by",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergencies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "emergency",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["board", "-at"], name="emergency_of_board"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "review"),
                        name="emergency_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gt", models.F("at")),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("at"), "+", models.Value(datetime.timedelta(days=3))
                                ),
                            ),
                        ),
                        name="emergency_lasts_72_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(
                                ("ended_at__gte", models.F("at")),
                                ("ended_at__lte", models.F("until")),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_ends_within_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("found", ""),
                                ("looked_at__isnull", True),
                                ("looked_by__isnull", True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("looked_at__isnull", False),
                                ("looked_by__isnull", False),
                                ("found__in", ["right", "wrong"]),
                                models.Q(("looked_by", models.F("user")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_looked_at_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="emergency_has_a_reason",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emergency",
            trigger=pgtrigger.compiler.Trigger(
                name="stands_as_opened",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."review_id" IS DISTINCT FROM (NEW."review_id") OR OLD."board_id" IS DISTINCT FROM (NEW."board_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."token" IS DISTINCT FROM (NEW."token") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."until" IS DISTINCT FROM (NEW."until"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="cb1659eacb225a282cd0f8376c7274faeee2148d",
                    operation="UPDATE",
                    pgid="pgtrigger_stands_as_opened_a3475",
                    table="reviews_emergency",
                    when="BEFORE",
                ),
            ),
        ),
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
                    ("see_safety", "see why a family member is kept safe"),
                    ("read_contributions", "read what family members said to the review team"),
                    ("keep_contributions", "write down what family members said"),
                    ("read_history", "read the history"),
                    ("export", "export and download what they may see"),
                    ("read_markers", "read self-assessments"),
                    ("read_family_markers", "read self-assessments of the family"),
                    ("answer_markers", "fill in self-assessments"),
                    ("answer_family_markers", "fill in self-assessments of the family"),
                    ("answer_assigned", "fill in what is assigned to them of a self-assessment"),
                    ("comment_markers", "comment on self-assessments"),
                    ("accept_markers", "accept a self-assessment pass"),
                    ("in_emergency", "read it in an emergency"),
                ],
                "verbose_name": "review",
            },
        ),
        # Last: who adds to a table in use holds it up until the end.
        migrations.AddField(
            model_name="reviewuserobjectpermission",
            name="until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="reviewuserobjectpermission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("appointment__isnull", True), _connector="OR"
                ),
                name="grant_until_a_moment_is_of_no_appointment",
            ),
        ),
    ]
