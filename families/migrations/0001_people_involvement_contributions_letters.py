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
        ("accounts", "0002_user_session_version"),
        ("accounts", "__first__"),
        ("guests", "0001_links_and_letters"),
        ("reviews", "0013_words_of_the_family_are_permissions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("informing", "Informing"),
                            ("terms", "Agreeing the terms"),
                            ("contributing", "Contributing"),
                            ("accuracy", "Checking accuracy"),
                            ("report", "Seeing the report"),
                            ("publication", "Publication"),
                            ("learning", "Learning afterwards"),
                        ],
                        max_length=15,
                        verbose_name="what it is for",
                    ),
                ),
                (
                    "is_offer",
                    models.BooleanField(default=False, verbose_name="it offers them to take part"),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("visit", "At their home"),
                            ("meeting", "At a meeting elsewhere"),
                            ("telephone", "By telephone"),
                            ("video", "By video call"),
                            ("text", "By text or messaging"),
                            ("email", "By email"),
                            ("letter", "By letter"),
                            ("through", "Through somebody they trust"),
                            ("other", "In another way"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("made", "Made"),
                            ("called_off", "Called off"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "where",
                    scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="where"),
                ),
                ("by_whom", models.CharField(max_length=200, verbose_name="who gets in touch")),
                (
                    "interpreter",
                    models.CharField(blank=True, max_length=200, verbose_name="interpreter"),
                ),
                (
                    "note",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what was said, in short"
                    ),
                ),
                ("despite", models.TextField(blank=True, verbose_name="why nevertheless")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
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
                "verbose_name": "contact",
                "ordering": ["-on", "-pk"],
                "indexes": [
                    models.Index(fields=["review", "-on"], name="contact_list"),
                    models.Index(
                        condition=models.Q(("state", "planned")),
                        fields=["board", "on"],
                        name="contact_planned",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "made", "called_off"])),
                        name="contact_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "phase__in",
                                [
                                    "informing",
                                    "terms",
                                    "contributing",
                                    "accuracy",
                                    "report",
                                    "publication",
                                    "learning",
                                ],
                            )
                        ),
                        name="contact_phase_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said_on", models.DateField(verbose_name="said on")),
                ("said_to", models.CharField(max_length=200, verbose_name="to whom")),
                (
                    "interpreter",
                    models.CharField(blank=True, max_length=200, verbose_name="interpreter"),
                ),
                ("topic", models.CharField(max_length=200, verbose_name="topic")),
                (
                    "period_from",
                    models.DateField(blank=True, null=True, verbose_name="speaks of the time from"),
                ),
                ("period_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("text", scr_portal.core.fields.EncryptedTextField(verbose_name="what they said")),
                (
                    "in_their_words",
                    models.BooleanField(
                        default=False, verbose_name="in their own words, as agreed with them"
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("team", "The review team"), ("named", "People named here alone")],
                        max_length=10,
                        verbose_name="who may read it",
                    ),
                ),
                (
                    "check_state",
                    models.CharField(
                        choices=[
                            ("not_shown", "Not shown to them yet"),
                            ("shown", "Shown to them"),
                            ("corrected", "Corrected by them"),
                            ("agreed", "They agree with it"),
                            ("not_wanted", "They do not want to check it"),
                        ],
                        default="not_shown",
                        max_length=12,
                        verbose_name="their check",
                    ),
                ),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written down by",
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
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="families.contact",
                        verbose_name="said at",
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
                "verbose_name": "contribution",
                "ordering": ["-said_on", "-pk"],
                "indexes": [models.Index(fields=["review", "-said_on"], name="contribution_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["team", "named"])),
                        name="contribution_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_from__isnull", True),
                            ("period_to__isnull", True),
                            ("period_to__gte", models.F("period_from")),
                            _connector="OR",
                        ),
                        name="contribution_period_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccuracyCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("shown", "Shown to them"),
                            ("corrected", "Corrected by them"),
                            ("agreed", "They agree with it"),
                            ("not_wanted", "They do not want to check it"),
                        ],
                        max_length=12,
                        verbose_name="what happened",
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                ("how", models.CharField(blank=True, max_length=200, verbose_name="how")),
                (
                    "words",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what they said to it"
                    ),
                ),
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
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="families.contribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of accuracy",
                "ordering": ["on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ContributionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", scr_portal.core.fields.EncryptedTextField()),
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
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="families.contribution",
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
                "verbose_name": "earlier text of a contribution",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "number"), name="contribution_text_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="what it is called here")),
                (
                    "address",
                    scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="address"),
                ),
                (
                    "note",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what matters about it"
                    ),
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
                "verbose_name": "household",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "name"), name="household_name_once_in_a_review"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Inclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("invited", "Invited to take part"),
                            ("later", "Not yet"),
                            ("not_invited", "Not invited"),
                        ],
                        max_length=15,
                        verbose_name="decision",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proceedings", "Criminal or civil proceedings go on"),
                            ("safety", "It would put them or somebody else at risk"),
                            (
                                "childs_welfare",
                                "It would harm a child, as those who know them advise",
                            ),
                            ("whereabouts", "Nobody knows where they are"),
                            ("no_part", "They had no part in the child's life in the period"),
                            ("health", "They are not well enough"),
                            ("own_wish", "It is their own wish"),
                            ("died", "They have died"),
                            ("other", "Another reason, given below"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("reason", models.TextField(verbose_name="the reason in your own words")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                ("decided_by", models.CharField(max_length=200, verbose_name="who decided")),
                (
                    "decided_with",
                    models.CharField(blank=True, max_length=300, verbose_name="with whom"),
                ),
                (
                    "look_again_on",
                    models.DateField(blank=True, null=True, verbose_name="look at it again on"),
                ),
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
                    "look_again_after",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.parallelprocess",
                        verbose_name="look at it again after",
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
                "verbose_name": "decision on taking part",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["invited", "later", "not_invited"])),
                        name="inclusion_choice_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="inclusion_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice", "invited"),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="inclusion_no_has_a_kind_of_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disagreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="what they would have decided, and why")),
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
                    "inclusion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disagreements",
                        to="families.inclusion",
                    ),
                ),
            ],
            options={
                "verbose_name": "disagreement",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
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
                            ("information", "Information sheet"),
                            ("invitation", "Invitation"),
                            ("meeting", "Meeting"),
                            ("accuracy", "Check of accuracy"),
                            ("report", "The report before it is published"),
                            ("publication", "Day of publication"),
                            ("thanks", "Thanks"),
                        ],
                        max_length=15,
                        verbose_name="letter",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en-gb", max_length=10, verbose_name="language"),
                ),
                ("is_easy_read", models.BooleanField(default=False, verbose_name="easy read")),
                ("subject", models.CharField(max_length=200, verbose_name="heading")),
                ("body", models.TextField(verbose_name="text")),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
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
            ],
            options={
                "verbose_name": "template of a letter",
                "ordering": ["kind", "language", "is_easy_read"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("board", "kind", "language", "is_easy_read"),
                        name="letter_template_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.CharField(max_length=60, verbose_name="pseudonym")),
                (
                    "relationship",
                    models.CharField(
                        choices=[
                            ("subject", "The child"),
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("step_parent", "Step-parent"),
                            ("parents_partner", "Partner of a parent"),
                            ("adoptive_parent", "Adoptive parent"),
                            ("foster_carer", "Foster carer"),
                            ("guardian", "Special guardian or other carer"),
                            ("sibling", "Brother or sister"),
                            ("half_sibling", "Half-brother or half-sister"),
                            ("step_sibling", "Step-brother or step-sister"),
                            ("adoptive_sibling", "Brother or sister by adoption"),
                            ("grandparent", "Grandparent"),
                            ("aunt_or_uncle", "Aunt or uncle"),
                            ("other_family", "Other family"),
                            ("friend", "Friend"),
                            ("neighbour", "Neighbour"),
                            ("community", "Faith or community"),
                            ("other", "Somebody else"),
                        ],
                        max_length=20,
                        verbose_name="relationship to the child",
                    ),
                ),
                (
                    "relationship_words",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="the relationship in your own words",
                    ),
                ),
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
                ("age", models.CharField(blank=True, max_length=40, verbose_name="age")),
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
                    "life",
                    models.CharField(
                        choices=[
                            ("alive", "Alive"),
                            ("died", "Died"),
                            ("unborn", "Not born yet"),
                            ("unknown", "Not known"),
                        ],
                        default="alive",
                        max_length=10,
                        verbose_name="alive",
                    ),
                ),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="died on")),
                (
                    "address",
                    scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="address"),
                ),
                (
                    "telephone",
                    scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="telephone"),
                ),
                (
                    "email",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="email address"
                    ),
                ),
                (
                    "other_channels",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="other ways to reach them"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="language and dialect"
                    ),
                ),
                (
                    "literacy",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="reading and writing"
                    ),
                ),
                ("religion", models.CharField(blank=True, max_length=100, verbose_name="religion")),
                (
                    "ethnicity",
                    models.CharField(blank=True, max_length=100, verbose_name="ethnicity"),
                ),
                (
                    "disability",
                    models.CharField(blank=True, max_length=200, verbose_name="disability"),
                ),
                (
                    "contact_note",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what matters for contact"
                    ),
                ),
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
                    "child",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="person",
                        to="reviews.child",
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
                        related_name="family",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "family member",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "pseudonym"), name="person_pseudonym_once_in_a_review"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relationship__in",
                                [
                                    "subject",
                                    "mother",
                                    "father",
                                    "step_parent",
                                    "parents_partner",
                                    "adoptive_parent",
                                    "foster_carer",
                                    "guardian",
                                    "sibling",
                                    "half_sibling",
                                    "step_sibling",
                                    "adoptive_sibling",
                                    "grandparent",
                                    "aunt_or_uncle",
                                    "other_family",
                                    "friend",
                                    "neighbour",
                                    "community",
                                    "other",
                                ],
                            )
                        ),
                        name="person_relationship_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("life__in", ["alive", "died", "unborn", "unknown"])),
                        name="person_life_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sex__in", ["female", "male", "other", "unknown"])),
                        name="person_sex_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("child__isnull", True), ("relationship", "subject"), _connector="OR"
                        ),
                        name="person_child_is_the_subject",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Living",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="when")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="livings",
                        to="families.household",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="livings",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a household",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("household", "person"),
                        name="living_open_once_in_a_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("started_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="living_ends_after_it_started",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                            ("information", "Information sheet"),
                            ("invitation", "Invitation"),
                            ("meeting", "Meeting"),
                            ("accuracy", "Check of accuracy"),
                            ("report", "The report before it is published"),
                            ("publication", "Day of publication"),
                            ("thanks", "Thanks"),
                        ],
                        max_length=15,
                        verbose_name="letter",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en-gb", max_length=10, verbose_name="language"),
                ),
                (
                    "style",
                    models.CharField(
                        choices=[
                            ("standard", "Standard"),
                            ("large", "Large print"),
                            ("easy", "Easy read"),
                        ],
                        default="standard",
                        max_length=10,
                        verbose_name="form",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="heading")),
                ("body", scr_portal.core.fields.EncryptedTextField(verbose_name="text")),
                (
                    "despite",
                    models.TextField(blank=True, verbose_name="why it is sent nevertheless"),
                ),
                ("written_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="sent on")),
                (
                    "sent_how",
                    models.CharField(blank=True, max_length=200, verbose_name="how it was sent"),
                ),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                ("token", models.CharField(max_length=64, unique=True)),
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
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "ordering": ["-written_at", "-pk"],
                "indexes": [models.Index(fields=["review", "-written_at"], name="letter_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_by__isnull", True), ("sent_on__isnull", True)),
                            models.Q(("sent_by__isnull", False), ("sent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_sent_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_on__isnull", True), ("dropped_at__isnull", True), _connector="OR"
                        ),
                        name="letter_sent_or_dropped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Keepsake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="what it is")),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("team", "For the review team to see"),
                            ("report", "In the report"),
                            ("published", "In what is published"),
                        ],
                        max_length=10,
                        verbose_name="consent",
                    ),
                ),
                ("consent_by", models.CharField(max_length=200, verbose_name="who gave consent")),
                ("consent_on", models.DateField(verbose_name="consent given on")),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="consent taken back on"),
                ),
                (
                    "returned_on",
                    models.DateField(blank=True, null=True, verbose_name="given back on"),
                ),
                (
                    "note",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what it says of the child"
                    ),
                ),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.document",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keepsakes",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "keepsake",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Influence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    scr_portal.core.fields.EncryptedTextField(verbose_name="what they asked for"),
                ),
                ("asked_on", models.DateField(verbose_name="asked on")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "Not weighed yet"),
                            ("changed", "Changed"),
                            ("partly", "Changed in part"),
                            ("not_changed", "Not changed"),
                        ],
                        default="open",
                        max_length=15,
                        verbose_name="what became of it",
                    ),
                ),
                ("why", scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="why")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="weighed on")),
                (
                    "told_on",
                    models.DateField(blank=True, null=True, verbose_name="they were told on"),
                ),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="influences",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "influence on the terms",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "open"), ("settled_on__isnull", True)),
                            models.Q(
                                models.Q(("outcome", "open"), _negated=True),
                                ("settled_on__isnull", False),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="influence_settled_with_a_reason",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="inclusion",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inclusions",
                to="families.person",
            ),
        ),
        migrations.CreateModel(
            name="FamilyQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("theirs", "What they want to ask"),
                            ("ours", "What they are asked"),
                        ],
                        max_length=10,
                        verbose_name="whose question",
                    ),
                ),
                ("text", scr_portal.core.fields.EncryptedTextField(verbose_name="question")),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="asked on")),
                (
                    "answer",
                    scr_portal.core.fields.EncryptedTextField(blank=True, verbose_name="answer"),
                ),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked_on",
                    models.DateField(default=scr_portal.core.clock.today, verbose_name="asked on"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("content", scr_portal.core.fields.EncryptedTextField(blank=True)),
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
                    "link",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "written_down_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluation by a family member",
                "ordering": ["-asked_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("content", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("content", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_answered_with_content",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="families.person",
            ),
        ),
        migrations.CreateModel(
            name="ContactPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "No answer yet"),
                            ("no_answer", "Did not answer"),
                            ("took_part", "Took part"),
                            ("accepted", "Said yes"),
                            ("later", "Perhaps later"),
                            ("declined", "Said no"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "words",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="in their words"
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="with_people",
                        to="families.contact",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="with_contacts",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "person in a contact",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contact", "person"), name="contact_person_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="people",
            field=models.ManyToManyField(
                related_name="contacts", through="families.ContactPerson", to="families.person"
            ),
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("officer", models.CharField(max_length=200, verbose_name="who was asked")),
                ("consulted_on", models.DateField(verbose_name="when")),
                (
                    "agreed",
                    models.CharField(
                        choices=[
                            ("yes", "Contact may go on"),
                            ("from", "Contact may begin on a day"),
                            ("not_yet", "No contact for now"),
                        ],
                        max_length=10,
                        verbose_name="what was agreed",
                    ),
                ),
                (
                    "contact_from",
                    models.DateField(blank=True, null=True, verbose_name="contact may begin on"),
                ),
                (
                    "terms",
                    scr_portal.core.fields.EncryptedTextField(
                        verbose_name="what was agreed, in words"
                    ),
                ),
                (
                    "not_to_discuss",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what may not be discussed"
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation of the investigating officer",
                "ordering": ["-consulted_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", "from"), ("contact_from__isnull", False)),
                            models.Q(
                                models.Q(("agreed", "from"), _negated=True),
                                ("contact_from__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="consultation_says_from_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Apart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", scr_portal.core.fields.EncryptedTextField(verbose_name="why")),
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
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="families.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="families.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "two people to keep apart",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="apart_in_order"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("one", "other"),
                        name="apart_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="apart_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    scr_portal.core.fields.EncryptedTextField(verbose_name="what was promised"),
                ),
                ("promised_by", models.CharField(max_length=200, verbose_name="who promised it")),
                ("promised_on", models.DateField(verbose_name="promised on")),
                ("due_on", models.DateField(verbose_name="to be done by")),
                ("kept_on", models.DateField(blank=True, null=True, verbose_name="kept on")),
                (
                    "outcome",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what came of it"
                    ),
                ),
                (
                    "given_up_on",
                    models.DateField(blank=True, null=True, verbose_name="given up on"),
                ),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("token", models.CharField(max_length=64, unique=True)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
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
                "verbose_name": "promise",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("given_up_on__isnull", True), ("kept_on__isnull", True)
                        ),
                        fields=["board", "due_on"],
                        name="promise_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept_on__isnull", True),
                            ("given_up_on__isnull", True),
                            _connector="OR",
                        ),
                        name="promise_kept_or_given_up",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readers",
                        to="families.contribution",
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "named reader",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["user", "contribution"], name="reader_of_contribution")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("contribution", "user"),
                        name="reader_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reader_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said_on", models.DateField(verbose_name="said on")),
                (
                    "not_asked_from",
                    models.DateField(verbose_name="nobody asks without a reason from"),
                ),
                (
                    "words",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="in their words"
                    ),
                ),
                ("at", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="changed their mind on"),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refusals",
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
                "verbose_name": "refusal",
                "ordering": ["-said_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("person",),
                        name="refusal_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_by__isnull", True), ("ended_on__isnull", True)),
                            models.Q(("ended_by__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="refusal_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
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
                            ("birth", "Birth parent of"),
                            ("adoptive", "Adoptive parent of"),
                            ("foster", "Foster carer of"),
                            ("step", "Step-parent of"),
                            ("guardian", "Guardian of"),
                            ("partner", "Partner of"),
                            ("sibling", "Brother or sister of"),
                            ("half_sibling", "Half-brother or half-sister of"),
                            ("step_sibling", "Step-brother or step-sister of"),
                            ("adoptive_sibling", "Brother or sister by adoption of"),
                            ("other", "Otherwise close to"),
                        ],
                        max_length=20,
                        verbose_name="relation",
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=200, verbose_name="in your own words"),
                ),
                ("is_past", models.BooleanField(default=False, verbose_name="it is over")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_to",
                        to="families.person",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_from",
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
                "verbose_name": "relation",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one", models.F("other")), _negated=True),
                        name="relation_is_between_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "birth",
                                    "adoptive",
                                    "foster",
                                    "step",
                                    "guardian",
                                    "partner",
                                    "sibling",
                                    "half_sibling",
                                    "step_sibling",
                                    "adoptive_sibling",
                                    "other",
                                ],
                            )
                        ),
                        name="relation_kind_known",
                    ),
                    models.UniqueConstraint(fields=("kind", "one", "other"), name="relation_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("started_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="relation_ends_after_it_started",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("is_past", True), _connector="OR"
                        ),
                        name="relation_ended_is_past",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                ("how", models.CharField(max_length=200, verbose_name="how it came")),
                ("words", scr_portal.core.fields.EncryptedTextField(verbose_name="what they said")),
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="families.letter",
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
                "verbose_name": "reply",
                "verbose_name_plural": "replies",
                "ordering": ["on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Safety",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "no_letters",
                    models.BooleanField(default=False, verbose_name="never write letters"),
                ),
                (
                    "letters_do_not_suit",
                    models.BooleanField(
                        default=False, verbose_name="letters do not suit this person"
                    ),
                ),
                (
                    "safe_channels",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="safe ways to reach them"
                    ),
                ),
                (
                    "safe_times",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="safe times"
                    ),
                ),
                (
                    "not_told",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="who must not be told"
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
                        related_name="safety",
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
                "verbose_name": "safety",
                "verbose_name_plural": "safety",
            },
        ),
        migrations.CreateModel(
            name="Standing",
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
                            ("criminal", "Criminal investigation or trial"),
                            ("civil", "Civil, family or care proceedings"),
                        ],
                        max_length=10,
                        verbose_name="proceedings",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("witness", "Witness"),
                            ("suspect", "Suspect or charged"),
                            ("party", "Party to civil or care proceedings"),
                        ],
                        max_length=10,
                        verbose_name="as what",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="families.person",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.parallelprocess",
                        verbose_name="which of the parallel processes",
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
                "verbose_name": "part in proceedings",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("person", "kind", "part"),
                        name="standing_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Support",
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
                            ("interpreter", "Interpreter"),
                            ("translation", "Translation"),
                            ("easy_read", "Easy read or large print"),
                            ("advocate", "Advocate or specialist organisation"),
                            ("childrens_worker", "Worker for children"),
                            ("own_channels", "A young person's own channels"),
                            ("adjustments", "Adjustments for a disability"),
                            ("childcare", "Childcare"),
                            ("travel", "Travel"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="support",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="language and dialect"
                    ),
                ),
                (
                    "not_a_relative",
                    models.BooleanField(
                        default=False,
                        verbose_name="not a relative, a friend or somebody of the same community",
                    ),
                ),
                (
                    "provider",
                    models.CharField(blank=True, max_length=200, verbose_name="who gives it"),
                ),
                (
                    "detail",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what exactly"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wanted", "To be agreed"),
                            ("agreed", "Agreed"),
                            ("arranged", "Arranged"),
                            ("done", "Done"),
                            ("not_needed", "Not needed after all"),
                        ],
                        default="wanted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                (
                    "arranged_on",
                    models.DateField(blank=True, null=True, verbose_name="arranged on"),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supports",
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
                "verbose_name": "support",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["wanted", "agreed", "arranged", "done", "not_needed"])
                        ),
                        name="support_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "interpreter"),
                                ("state__in", ["arranged", "done"]),
                                _negated=True,
                            ),
                            ("not_a_relative", True),
                            _connector="OR",
                        ),
                        name="support_interpreter_is_no_relative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("their_words", "What became of what they said"),
                            ("report", "The report, before it was published"),
                            ("learning", "What was learned"),
                            ("action", "What changes because of it"),
                        ],
                        max_length=12,
                        verbose_name="of what",
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                ("how", models.CharField(max_length=200, verbose_name="how")),
                ("told_by", models.CharField(max_length=200, verbose_name="by whom")),
                (
                    "text",
                    scr_portal.core.fields.EncryptedTextField(verbose_name="what they were told"),
                ),
                (
                    "response",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what they said to it"
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told",
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
                "verbose_name": "telling of the learning",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("finding", "In a finding"),
                            ("section", "In a section of the report"),
                            ("analysis", "In the analysis"),
                            ("practice", "Acted on at once by an agency"),
                            ("not_used", "Not used"),
                        ],
                        max_length=10,
                        verbose_name="how it was used",
                    ),
                ),
                (
                    "place",
                    models.CharField(blank=True, max_length=200, verbose_name="where exactly"),
                ),
                (
                    "reason",
                    scr_portal.core.fields.EncryptedTextField(verbose_name="how, or why not"),
                ),
                (
                    "person_told_on",
                    models.DateField(blank=True, null=True, verbose_name="the person was told on"),
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
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="families.contribution",
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
                "verbose_name": "use of a contribution",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "where__in",
                                ["finding", "section", "analysis", "practice", "not_used"],
                            )
                        ),
                        name="use_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("informing", "telling the family"),
                            ("deciding", "deciding who takes part, with reasons"),
                            ("accuracy", "the family's check of accuracy"),
                            ("report", "the family seeing the report"),
                        ],
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("reason", models.TextField(verbose_name="why")),
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
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
                "verbose_name": "waiver",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("review", "about", "person"),
                        name="family_waived_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="family_waiver_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contradiction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(max_length=200, verbose_name="what the accounts differ in"),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=200, verbose_name="agency or record"),
                ),
                (
                    "account",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what that says"
                    ),
                ),
                (
                    "remark",
                    scr_portal.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what the difference may mean for the learning"
                    ),
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
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contradictions",
                        to="families.contribution",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contradicted_by",
                        to="families.contribution",
                        verbose_name="what another family member said",
                    ),
                ),
            ],
            options={
                "verbose_name": "other account",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("other__isnull", False), ("source", "")),
                            models.Q(
                                ("other__isnull", True), models.Q(("source", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="contradiction_has_one_other_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other__isnull", True),
                            models.Q(("other", models.F("contribution")), _negated=True),
                            _connector="OR",
                        ),
                        name="contradiction_is_between_two",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accuracycheck",
            trigger=pgtrigger.compiler.Trigger(
                name="accuracy_check_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="03ee47657be67f8d71f4a7547db0bd6eb8df41e1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_accuracy_check_stands_45235",
                    table="families_accuracycheck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contributiontext",
            trigger=pgtrigger.compiler.Trigger(
                name="contribution_text_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1961154f2e2ff94d65fd8063adbf37de6c93e627",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_contribution_text_stands_e76d1",
                    table="families_contributiontext",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disagreement",
            trigger=pgtrigger.compiler.Trigger(
                name="disagreement_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="28c00828358cd54022d2d002d9ecc12d1e87644b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_disagreement_stands_81629",
                    table="families_disagreement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="letter_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."sent_on" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a74726df33b6840c504a18b88f01b9e95add3734",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_letter_stands_c6623",
                    table="families_letter",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="inclusion",
            index=models.Index(fields=["person", "-at"], name="inclusion_newest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inclusion",
            trigger=pgtrigger.compiler.Trigger(
                name="inclusion_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="39db2ef759719d585dd81982bdd685fa7230aa59",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_inclusion_stands_f17b6",
                    table="families_inclusion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evaluation",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluation_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answered_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ec880fcc4e83a586427ac98ce76008873f2f6040",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_evaluation_stands_ead48",
                    table="families_evaluation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consultation",
            trigger=pgtrigger.compiler.Trigger(
                name="consultation_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1f35f860693350a4a7b695eb6da2a35c96accc6a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_consultation_stands_30346",
                    table="families_consultation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reply",
            trigger=pgtrigger.compiler.Trigger(
                name="reply_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="362c9f4fb38f7c16593589ea1dbe9eb934d860a5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_reply_stands_1d2e8",
                    table="families_reply",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="told",
            trigger=pgtrigger.compiler.Trigger(
                name="told_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4d00f25aacc8954dc1441e08bb2197933421ca26",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_told_stands_d10a7",
                    table="families_told",
                    when="BEFORE",
                ),
            ),
        ),
    ]
