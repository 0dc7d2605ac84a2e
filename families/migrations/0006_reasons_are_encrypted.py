"""Reasons that touch safety are unreadable in a dump of the database."""

from collections.abc import Callable
from typing import Any

import pgtrigger
from django.db import migrations

import scr_portal.core.fields
from scr_portal.core.fields import cipher

COLUMNS = (
    ("families_inclusion", "reason"),
    ("families_disagreement", "text"),
    ("families_waiver", "reason"),
    ("families_groupnote", "words"),
    ("families_contact", "despite"),
    ("families_letter", "despite"),
)
# Lines that never change keep their words: these triggers stand aside in this transaction alone.
STANDING = (
    "families.Inclusion:inclusion_stands",
    "families.Disagreement:disagreement_stands",
    "families.GroupNote:group_note_stands",
    "families.Letter:letter_stands",
)


def encrypt(apps: Any, schema_editor: Any) -> None:
    _through(schema_editor, lambda text: cipher().encrypt(text.encode()).decode())


def decrypt(apps: Any, schema_editor: Any) -> None:
    _through(schema_editor, lambda text: cipher().decrypt(text.encode()).decode())


def _through(schema_editor: Any, turned: Callable[[str], str]) -> None:
    with pgtrigger.ignore(*STANDING), schema_editor.connection.cursor() as cursor:
        for table, column in COLUMNS:
            cursor.execute(f"SELECT id, {column} FROM {table} WHERE {column} <> ''")  # noqa: S608
            for pk, text in cursor.fetchall():
                words = f"UPDATE {table} SET {column} = %s WHERE id = %s"  # noqa: S608
                cursor.execute(words, [turned(text), pk])


class Migration(migrations.Migration):
    dependencies = [("families", "0005_kept_reasons_answer_what_stood")]

    operations = [
        migrations.AlterField(
            model_name="contact",
            name="despite",
            field=scr_portal.core.fields.EncryptedTextField(
                blank=True, verbose_name="why nevertheless"
            ),
        ),
        migrations.AlterField(
            model_name="disagreement",
            name="text",
            field=scr_portal.core.fields.EncryptedTextField(
                verbose_name="what they would have decided, and why"
            ),
        ),
        migrations.AlterField(
            model_name="groupnote",
            name="words",
            field=scr_portal.core.fields.EncryptedTextField(
                verbose_name="how it is known that there are none"
            ),
        ),
        migrations.AlterField(
            model_name="inclusion",
            name="reason",
            field=scr_portal.core.fields.EncryptedTextField(
                verbose_name="the reason in your own words"
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="despite",
            field=scr_portal.core.fields.EncryptedTextField(
                blank=True, verbose_name="why it is sent nevertheless"
            ),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="reason",
            field=scr_portal.core.fields.EncryptedTextField(verbose_name="why"),
        ),
        migrations.RunPython(encrypt, decrypt),
    ]
