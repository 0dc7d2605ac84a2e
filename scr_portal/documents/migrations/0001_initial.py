import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
        ("accounts", "0002_user_session_version"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=500)),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("review_id", models.UUIDField(null=True)),
                ("name", models.CharField(help_text="In the storage", max_length=60, unique=True)),
                ("original_name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("docx", "Word document"),
                            ("xlsx", "Excel workbook"),
                            ("pptx", "PowerPoint presentation"),
                            ("pdf", "PDF"),
                            ("txt", "text file"),
                            ("csv", "CSV table"),
                            ("eml", "email"),
                            ("msg", "Outlook email"),
                            ("png", "PNG picture"),
                            ("jpeg", "JPEG picture"),
                        ],
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField(help_text="In bytes")),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be scanned"),
                            ("clean", "Scanned, nothing found"),
                            ("refused", "Refused by the scanner"),
                            ("not_scanned", "Not scanned"),
                        ],
                        max_length=12,
                        verbose_name="scan",
                    ),
                ),
                ("scan_note", models.CharField(blank=True, max_length=200)),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("waiting", "Not read yet"),
                            ("done", "Read"),
                            ("partly", "Its beginning was read"),
                            ("nothing", "Holds no text"),
                            ("failed", "Could not be read"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=scr_portal.core.clock.now)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.board",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "file",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["not_before"],
                        name="file_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scan__in", ["waiting", "clean", "refused", "not_scanned"])
                        ),
                        name="file_scan_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "docx",
                                    "xlsx",
                                    "pptx",
                                    "pdf",
                                    "txt",
                                    "csv",
                                    "eml",
                                    "msg",
                                    "png",
                                    "jpeg",
                                ],
                            )
                        ),
                        name="file_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="file_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FileText",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="said",
                        serialize=False,
                        to="documents.storedfile",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "text", config="english"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a file",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="file_words")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storedfile",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."board_id" IS DISTINCT FROM (NEW."board_id") OR OLD."review_id" IS DISTINCT FROM (NEW."review_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."original_name" IS DISTINCT FROM (NEW."original_name") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="5e4fa0a8f55a8b377acf3312af1b51974cc5790c",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_f0a8f",
                    table="documents_storedfile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storedfile",
            trigger=pgtrigger.compiler.Trigger(
                name="kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="00b011d60a313e7e801c923382a4ec1e379c0029",
                    operation="DELETE",
                    pgid="pgtrigger_kept_cbcc8",
                    table="documents_storedfile",
                    when="BEFORE",
                ),
            ),
        ),
    ]
