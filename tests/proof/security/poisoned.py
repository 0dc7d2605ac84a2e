"""A world in which every field that people fill in says what an attacker would write there."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import DatabaseError, models, transaction

from tests.owner import as_owner

# What is written by the portal itself, or stands for something: nobody types these.
_APPS = {"audit", "notifications", "sessions", "auth", "guardian", "account", "mfa", "contenttypes"}
_MODELS = {"Signature", "ChainHead", "Disposal", "DisposalFile", "FileText", "AccessPart"}
_MODELS |= {"Session"}
_NAMES = {
    *(
        "password",
        "kind",
        "key",
        "link",
        "reference",
        "slug",
        "reference_prefix",
        "profile",
        "form",
    ),
    *("permission", "about_type", "about_id", "target_type", "target_id", "clause", "section"),
    *("factor", "clock_key", "framework", "edition", "last_error", "letter", "file_name", "url"),
    *("date_of_birth", "email", "look_again_kind", "purpose", "original_name", "certificate"),
    *("hide", "leave", "rule", "counts", "despite_for", "questions", "before", "texts"),
    "form",
}
_SHORTEST = 20


def fields() -> Iterator[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    for model in apps.get_models():
        if model._meta.app_label in _APPS or model.__name__ in _MODELS:
            continue
        for field in model._meta.fields:
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            is_free = not (field.choices or field.unique or field.name in _NAMES)
            if is_text and is_free and (field.max_length or _SHORTEST) >= _SHORTEST:
                yield model, field


def poison(strings: Sequence[str], turn: int = 0) -> tuple[int, list[str]]:
    """Every free text of every row. A short field takes what fits, another in every turn.

    Returns how many fields were written, and the names of those that a constraint kept as they are.
    """
    written, kept = 0, []
    for number, (model, field) in enumerate(fields()):
        at = (turn + number * 7) % len(strings)
        mine = [*strings[at:], *strings[:at]]
        with as_owner(), pgtrigger.ignore():
            rows = model._base_manager.all()
            if not rows.exists():
                continue
            if _written(model, field, mine):
                written += 1
            else:
                kept.append(f"{model.__name__}.{field.name}")
    return written, kept


def _written(model: Any, field: Any, strings: Sequence[str]) -> bool:
    if isinstance(field, models.JSONField) or _holds_json(model, field):
        return _each_row(model, field, strings)
    said = fitting(strings, field.max_length)
    for rows in (model._base_manager.all(), model._base_manager.exclude(**{field.name: ""})):
        try:
            with transaction.atomic():
                rows.update(**{field.name: said})
            return True
        except DatabaseError:
            continue
    return False


def fitting(strings: Iterable[str], longest: int | None) -> str:
    """Line by line, so that each begins one: a formula counts at the beginning alone."""
    said = ""
    for each in strings:
        longer = f"{said}\n{each}" if said else each
        if longest and len(longer) > longest:
            return said or each[:longest]
        said = longer
    return said


def _holds_json(model: Any, field: Any) -> bool:
    said = model._base_manager.values_list(field.name, flat=True)
    try:
        return isinstance(json.loads(next(filter(None, said), "")), dict | list)
    except ValueError:  # What an attacker writes begins so too.
        return False


def _each_row(model: Any, field: Any, strings: Sequence[str]) -> bool:
    try:
        with transaction.atomic():
            for pk, value in list(model._base_manager.values_list("pk", field.name)):
                is_text = isinstance(value, str)
                new = _changed(json.loads(value) if is_text and value else value, strings)
                said = json.dumps(new) if is_text else new
                model._base_manager.filter(pk=pk).update(**{field.name: said})
        return True
    except (DatabaseError, ValueError):
        return False


def _changed(value: Any, strings: Sequence[str]) -> Any:
    """Words with a space in them were typed; what has none may be a name of ours."""
    if isinstance(value, dict):
        return {key: _changed(each, strings) for key, each in value.items()}
    if isinstance(value, list):
        return [_changed(each, strings) for each in value]
    if isinstance(value, str) and " " in value:
        return fitting(strings, None)
    return value
