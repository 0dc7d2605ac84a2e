"""Two boards with something behind every address: the people of one knock at the case of the other.

Every text of the other's case holds a word that nothing else holds, and its rows have numbers that
no other row has: whatever of it shows up where it should not can be told.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.storage import storages
from django.db import DatabaseError, connection, models, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.documents.models import DocumentVersion
from scr_portal.audit.models import AuditEvent
from scr_portal.documents.models import FileText, StoredFile
from scr_portal.guests.models import GuestLink
from tests import builders
from tests import cast as casting
from tests.matrix import world as worlds
from tests.owner import as_owner

CANARY = "Qzwyvern7"
FIRST, EACH = 70_000_000, 100_000
# Words of the portal, not of people: pages look them up.
CODES = {
    *("token", "token_hash", "key", "sha256", "hash", "target_type", "target_id", "section"),
    *("factor", "clause", "profile", "kind", "permission", "about_type", "about_id", "clock_key"),
    *("look_again_kind", "language", "topic", "chain", "previous_hash", "purpose", "letter"),
    *("reference", "content", "name", "date_of_birth", "session_data"),
    "last_error",  # the name of an exception and a number, never its words
}
# Of those, the ones that are words all the same.
WORDS = {
    *("Section.text", "Household.name", "ParallelProcess.name", "Partnership.name"),
    *("Responsibility.name", "Evaluation.content", "TermsVersion.content", "Signature.content"),
    *("Review.reference", "Contribution.topic"),
}

Rows = dict[type[models.Model], set[Any]]


@dataclass
class Two:
    theirs: worlds.World
    ours: worlds.World
    beside: Review
    """Of their board; their chair, recused from the case, and their people may see it."""
    rows: Rows
    written: int
    """Texts that hold the canary."""

    @property
    def numbers(self) -> set[str]:
        return {str(pk) for pks in self.rows.values() for pk in pks}


def make() -> Two:
    with _NumbersApart():
        theirs = worlds.make(casting.gather("Northmere", "Southmere", "Theirs"))
        rows = rows_of(theirs.review)
        written = _write_the_word(rows)
        theirs.review.refresh_from_db()
    beside = builders.review_at(Stage.UNDER_WAY, theirs.cast, pseudonym="Child B")
    newcomer = casting.person("Newcomer Beside")
    people.appoint(review=beside, user=newcomer, role="lead", by=theirs.cast.unit)
    theirs.people["newcomer"] = newcomer
    ours = worlds.make(casting.gather("Eastmere", "Westmere", "Ours"))
    return Two(theirs, ours, beside, rows, written)


def rows_of(review: Review) -> Rows:
    """The review's rows, and those that point at one of them, of every table there is."""
    found: Rows = defaultdict(set, {Review: {review.pk}})
    pointing = defaultdict(set)
    for table in apps.get_models(include_auto_created=True):
        for field in table._meta.concrete_fields:
            if field.remote_field and table._meta.managed:
                pointing[field.related_model].add((table, field.name))
    grown = [Review]
    while grown:
        of = grown.pop()
        for table, name in pointing[of]:
            rows = table._base_manager.filter(**{f"{name}__in": found[of]})
            new = set(rows.values_list("pk", flat=True)) - found[table]
            if new:
                found[table] |= new
                grown.append(table)
    found[AuditEvent] |= set(
        AuditEvent.objects.filter(review_id=review.pk).values_list("pk", flat=True)
    )
    found[StoredFile] |= set(
        DocumentVersion.objects.filter(document__review=review).values_list("file", flat=True)
    )
    found[FileText] |= set(
        FileText.objects.filter(file__in=found[StoredFile]).values_list("pk", flat=True)
    )
    found[GuestLink] |= set(
        GuestLink.objects.filter(board=review.board).values_list("pk", flat=True)
    )
    return {table: pks for table, pks in found.items() if pks}


class _NumbersApart:
    """Each table counts from a number of its own, far from where the others are."""

    def __enter__(self) -> None:
        self.before: dict[str, tuple[int, bool]] = {}
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(sequencename) FROM pg_sequences ORDER BY 1")
            for number, (name,) in enumerate(cursor.fetchall()):
                cursor.execute(f"SELECT last_value, is_called FROM {name}")
                self.before[name] = cursor.fetchone()
                cursor.execute("SELECT setval(%s, %s)", [name, FIRST + EACH * number])

    def __exit__(self, *trouble: object) -> None:
        if trouble[0] is None:
            with as_owner(), connection.cursor() as cursor:
                for name, (last, is_called) in self.before.items():
                    cursor.execute("SELECT setval(%s, %s, %s)", [name, last, is_called])


def _write_the_word(rows: Rows) -> int:
    """Past triggers and keys: a text that was signed holds it too. Returns how many texts."""
    written = 0
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, pks in rows.items():
            for row in table._base_manager.filter(pk__in=pks):
                written += _in_row(row)
        for table in apps.get_models():
            if any(field.name == "token" for field in table._meta.concrete_fields):
                table._base_manager.update(token=Concat(Value("theirs-"), Cast("pk", CharField())))
        cursor.execute("SET session_replication_role = origin")
    for name in StoredFile.objects.filter(pk__in=rows[StoredFile]).values_list("name", flat=True):
        path = Path(storages["documents"].path(name))
        if path.exists() and name.endswith((".txt", "")):
            path.write_bytes(path.read_bytes().replace(b"What", CANARY.encode()))
    return written


def _in_row(row: models.Model) -> int:
    changed = {
        field.name: value
        for field in row._meta.concrete_fields
        if (value := _with_word(field, getattr(row, field.attname))) is not None
    }
    if not changed or _is_written(row, changed):
        return len(changed)
    # A rule of the table says what may stand in one of them.
    return sum(_is_written(row, {name: value}) for name, value in changed.items())


def _is_written(row: models.Model, changed: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**changed)
    except DatabaseError:
        return False
    return True


def _with_word(field: Any, value: Any) -> Any:
    """The value with the canary in it; None where people write no words."""
    if not _holds_words(field):
        return None
    if isinstance(value, dict | list):
        return _inside(value)
    if not isinstance(value, str):
        return None
    if value[:1] in {"{", "["}:
        return json.dumps(_inside(json.loads(value)))
    word = CANARY
    if isinstance(field, models.EmailField) or field.name in {"email", "recipient_email"}:
        word = f"{CANARY}@example.org"
    elif isinstance(field, models.URLField):
        word = f"https://example.org/{CANARY}"
    elif field.name in {"original_name", "file_name"}:
        word = f"{CANARY} {value}"
    return word if len(word) <= (field.max_length or 10_000) else None


def _holds_words(field: Any) -> bool:
    if not isinstance(field, models.CharField | models.TextField | models.JSONField):
        return False
    if getattr(field, "choices", None) or field.primary_key:
        return False
    return field.name not in CODES or f"{field.model.__name__}.{field.name}" in WORDS


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _inside(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_inside(each) for each in value]
    return f"{value} {CANARY}" if isinstance(value, str) and " " in value else value


def everybody(two: Two) -> Iterator[tuple[str, Any]]:
    """Who may see nothing of their case: our people, and theirs who are shut out of it."""
    yield from ((f"our {who}", user) for who, user in two.ours.people.items() if who != "closed")
    shut = ("recused", "gone", "former", "stranger", "outsider", "other_chair", "administrator")
    yield from ((f"their {who}", two.theirs.people[who]) for who in (*shut, "newcomer"))


def is_of(two: Two, value: Any) -> bool:
    """Whether a value in a statement names a row of their case."""
    if isinstance(value, UUID):
        value = str(value)
    return isinstance(value, int | str) and str(value) in two.numbers
