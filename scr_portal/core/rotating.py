"""Writes what is encrypted with an older key anew with the first, or says what no key opens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import pgtrigger
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from scr_portal.core.contributions import collect
from scr_portal.core.fields import EncryptedTextField, cipher

BATCH = 200


@dataclass
class Count:
    """Of the texts of one model: written anew, written with the first key before, unreadable."""

    label: str
    renewed: int = 0
    current: int = 0
    lost: int = 0

    def renew(self, text: str) -> str:
        """The same words under the first key; the text itself where they are, or can't be read."""
        try:
            Fernet(settings.FIELD_ENCRYPTION_KEYS[0]).decrypt(text.encode())
        except InvalidToken:
            pass
        else:
            self.current += 1
            return text
        try:
            renewed = cipher().rotate(text.encode()).decode()
        except InvalidToken:
            self.lost += 1
            return text
        self.renewed += 1
        return renewed


def counts(*, write: bool) -> Iterator[Count]:
    """Model by model, as it is done. Without ``write`` nothing changes.

    What was done stays done when it is stopped: every batch is a transaction of its own, and the
    next run passes over what has the first key already.
    """
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.local_fields
            if isinstance(field, EncryptedTextField)
        ]
        if names:
            yield _through(model, names, write)
    yield from collect("encrypted_elsewhere", Count, write)


def _through(model: type[models.Model], names: list[str], write: bool) -> Count:
    count = Count(model._meta.label)
    raw = {f"raw_{name}": Cast(F(name), TextField()) for name in names}
    rows = model._base_manager.annotate(**raw).order_by("pk").values_list("pk", *raw)
    last: Any = None
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:BATCH]):
        with transaction.atomic(), _unprotected(model) if write else nullcontext():
            for pk, *texts in batch:
                _row(model, pk, dict(zip(names, texts, strict=True)), count.renew, write)
        last = batch[-1][0]
    return count


def _row(
    model: type[models.Model],
    pk: Any,
    texts: dict[str, str],
    renew: Callable[[str], str],
    write: bool,
) -> None:
    """One text at a time, and only while it is what was read: who edits meanwhile wins."""
    quote = connection.ops.quote_name
    for name, text in texts.items():
        renewed = renew(text) if text else text
        if write and renewed != text:
            field: Any = model._meta.get_field(name)
            own: Any = model._meta.pk
            table, column, key = map(quote, (model._meta.db_table, field.column, own.column))
            with connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608
                    [renewed, pk, text],
                )


@contextmanager
def _unprotected(model: type[models.Model]) -> Iterator[None]:
    """Rows that never change keep their words: this model's triggers stand aside, no other's.

    For this connection and this transaction alone.
    """
    triggers = getattr(model._meta, "triggers", [])
    uris = [f"{model._meta.label}:{trigger.name}" for trigger in triggers]
    if not uris:
        yield
        return
    with pgtrigger.ignore(*uris):
        yield
