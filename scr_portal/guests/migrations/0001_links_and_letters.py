import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import scr_portal.core.clock
import scr_portal.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_user_session_version"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuestLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=30, verbose_name="purpose")),
                ("review_id", models.UUIDField(blank=True, null=True)),
                ("recipient_name", scr_portal.core.fields.EncryptedTextField(verbose_name="name")),
                (
                    "recipient_email",
                    scr_portal.core.fields.EncryptedTextField(verbose_name="email address"),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("expires_at", models.DateTimeField(verbose_name="runs out")),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("draft", scr_portal.core.fields.EncryptedTextField(blank=True)),
                ("draft_saved_at", models.DateTimeField(blank=True, null=True)),
                ("draft_version", models.PositiveIntegerField(default=0)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guest_links",
                        to="accounts.board",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guest_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "link for a guest",
                "indexes": [
                    models.Index(
                        fields=["board", "purpose", "-created_at"], name="guest_link_of_board"
                    ),
                    models.Index(
                        condition=models.Q(("review_id__isnull", False)),
                        fields=["review_id"],
                        name="guest_link_of_review",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            _connector="OR",
                        ),
                        name="guest_link_used_or_withdrawn",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestLetter",
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
                ("letter", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=200, unique=True)),
                ("created_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="guests.guestlink",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter to a guest",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["not_before"],
                        name="guest_letter_waiting",
                    )
                ],
            },
        ),
    ]
