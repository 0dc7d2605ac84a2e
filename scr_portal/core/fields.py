from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty: no real name can be kept.")
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """Writes with the first of settings.FIELD_ENCRYPTION_KEYS, reads with any of them."""
    return _cipher(tuple(settings.FIELD_ENCRYPTION_KEYS))


class KeyLost(Exception):
    """A stored value cannot be read with any of the keys that the portal was given."""


def decrypt(text: str) -> str:
    """Raises KeyLost."""
    try:
        return cipher().decrypt(text.encode()).decode()
    except InvalidToken:
        raise KeyLost(
            "A field can't be decrypted: the key it was written with is not among "
            "FIELD_ENCRYPTION_KEYS."
        ) from None


class EncryptedTextField(models.TextField):
    """Text that is unreadable in a dump of the database. It can't be searched or sorted."""

    def get_prep_value(self, value: Any) -> str:
        value = super().get_prep_value(value)
        return cipher().encrypt(value.encode()).decode() if value else ""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str:
        return decrypt(value) if value else ""
