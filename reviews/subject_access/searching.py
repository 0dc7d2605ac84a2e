"""Where a person may be: rows that are about them, and rows whose words name them.

Every table that a room names (``holdings``) is looked through, so that a new one is not forgotten.
What is encrypted can't be searched by the database: it is read row by row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from reviews.case.identifiers import identifiers
from reviews.case.models import Review
from reviews.documents.models import DocumentVersion
from reviews.permissions import Permission
from reviews.retention.holdings import Holding, by_name, is_text
from reviews.subject_access import rules
from reviews.subject_access.models import AccessPart, AccessRequest
from scr_portal.core.dates import on_screen
from scr_portal.documents.models import FileText

DEEPEST = 3
LONGEST = 200_000
SILENT = {"token", "key", "version", "sha256", "content", "questions", "token_hash"}


@dataclass(frozen=True)
class Candidate:
    """A row of a register whose name is that of who asks."""

    review: Review
    kind: str
    pk: int
    called: str

    @property
    def value(self) -> str:
        return f"{self.review.pk}|{self.kind}|{self.pk}"


@dataclass(frozen=True)
class Found:
    holding: Holding
    row: Any
    text: str
    is_about: bool
    permission: str


def people_tables() -> list[Holding]:
    return [each for each in by_name().values() if each.is_person]


def names_of(request: AccessRequest) -> list[str]:
    return [request.name, *rules.listed(request.also_called)]


def candidates(request: AccessRequest, user: Any) -> Iterator[Candidate]:
    """In reviews whose names this person may see. A register's row is read to be compared."""
    reviews = Review.objects.visible_to(user, Permission.SEE_NAMES).filter(board=request.board)
    seen = {review.pk: review for review in reviews.select_related("board")}
    names = names_of(request)
    for holding in people_tables():
        rows: Any = holding.model._base_manager.filter(review__in=seen).order_by("pk")
        for row in rows:
            if _is_called(row, names):
                label = row._meta.label
                yield Candidate(seen[row.review_id], label, row.pk, row.pseudonym)


def _is_called(row: Any, names: list[str]) -> bool:
    """By any name, address or number of the row; a forename alone is no match."""
    fields = [getattr(row, name, "") for name in ("real_name", "email", "telephone")]
    known = [each for each in fields if each]
    return any(rules.stands_in([name], text) for name in names for text in known)


def subjects(part: AccessPart) -> list[Any]:
    """The rows that are the person."""
    return [
        row
        for label, pk in part.rows
        for row in by_name()[label].model._base_manager.filter(pk=pk, review=part.review)
    ]


def words_of(part: AccessPart) -> list[str]:
    """What the person is called: as they say, and as this review's register has them."""
    called = {row.pseudonym for row in subjects(part)}
    known = [each.words for each in identifiers(part.review) if each.called in called]
    return list(dict.fromkeys([*names_of(part.request), *known, *called]))


def others_of(part: AccessPart) -> list[str]:
    """Every other name, address and number of the register, and what the others are called."""
    mine = {row.pseudonym for row in subjects(part)}
    own = {each.casefold() for each in words_of(part)}
    found = [each.words for each in identifiers(part.review) if each.called not in mine]
    for holding in people_tables():
        rows: Any = holding.model._base_manager.filter(review=part.review)
        for row in rows:
            if row.pseudonym not in mine:
                found += [row.pseudonym, *([row.real_name] if row.real_name else [])]
    return [each for each in dict.fromkeys(found) if each.casefold() not in own]


def search(part: AccessPart) -> Iterator[Found]:
    words, people = words_of(part), subjects(part)
    files = _files(part)
    for holding in by_name().values():
        # What a family said is looked through for its own people; a part that stands for nothing
        # else would tell that there is something.
        if holding.reads is None or (holding.is_close and not part.rows):
            continue
        about = _about(holding, people, part)
        for row in holding.rows(review=part.review_id).order_by("pk").distinct():
            is_about = row.pk in about
            text = text_of(row)
            if not is_about and not rules.stands_in(words, text):
                continue
            permission = _permission(holding, row, files, part.request.board_id)
            if permission:
                yield Found(holding, row, text[:LONGEST], is_about, permission)


def _files(part: AccessPart) -> dict[Any, Any]:
    versions = DocumentVersion.objects.filter(review=part.review).select_related("document")
    return {version.file_id: version.document for version in versions}


def _permission(holding: Holding, row: Any, files: dict[Any, Any], board: int) -> str:
    """What one must hold to read the row; nothing for what another board keeps for its own."""
    document = getattr(row, "document", None) if isinstance(row, DocumentVersion) else row
    if isinstance(row, FileText):
        document = files.get(row.file_id)
    private = getattr(document, "private_to_id", None)
    if private and private != board:
        return ""
    own = getattr(document, "permission", "") if document is not None else ""
    return str(own or holding.reads)


def _about(holding: Holding, people: list[Any], part: AccessPart) -> set[Any]:
    """Rows from which a key leads to the person, over other rows too; and the person itself."""
    wanted = Q(pk__in=[])
    for person in people:
        if isinstance(person, holding.model):
            wanted |= Q(pk=person.pk)
        table: Any = type(person)
        for way in _ways(holding.model, table):
            wanted |= Q(**{way: person.pk})
    if part.request.user_id:
        for way in _to_user(holding.model):
            wanted |= Q(**{way: part.request.user_id})
    rows = holding.rows(review=part.review_id).filter(wanted)
    return set(rows.values_list("pk", flat=True))


@cache
def _ways(model: Any, person: Any, deep: int = 0) -> tuple[str, ...]:
    if deep == DEEPEST:
        return ()
    found: list[str] = []
    for field in model._meta.get_fields():
        target: Any = field.related_model
        is_key = field.concrete and field.is_relation and target is not None
        if not is_key or target is model or target._meta.label not in by_name():
            continue
        if target is Review:
            continue
        if target is person:
            found.append(field.name)
        found += [f"{field.name}__{way}" for way in _ways(target, person, deep + 1)]
    return tuple(dict.fromkeys(found))


@cache
def _to_user(model: type[models.Model]) -> tuple[str, ...]:
    """Keys that say whom a row is about. Who wrote it down is no subject of it."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model is not None
        and field.related_model._meta.label == "accounts.User"
        and field.name in {"user", "person", "deputy", "signer", "owner", "lead"}
    )


def text_of(row: Any) -> str:
    """What a row says, as lines: its words, days and choices."""
    lines = []
    for field in row._meta.concrete_fields:
        if field.is_relation or field.primary_key or field.name in SILENT:
            continue
        value = getattr(row, field.attname)
        if value in (None, "", [], {}) or isinstance(field, models.GeneratedField):
            continue
        if said := _said(row, field, value):
            lines.append(f"{field.verbose_name}: {said}")
    return "\n".join(lines)


def _said(row: Any, field: models.Field, value: Any) -> str:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.DateTimeField):
        return on_screen(timezone.localdate(value))
    if isinstance(field, models.DateField):
        return on_screen(value)
    if isinstance(value, dict | list):
        return "; ".join(_flat(value))
    return str(value) if is_text(field) else ""


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from (f"{key}: {one}" for one in _flat(each))
    elif isinstance(value, list):
        for each in value:
            yield from _flat(each)
    elif value not in (None, ""):
        yield str(value)
