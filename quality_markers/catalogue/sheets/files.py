"""A catalogue as a file that people pass on: docs/catalogue.md."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from quality_markers.catalogue.book import Book
from quality_markers.catalogue.models import CatalogueVersion
from quality_markers.catalogue.sheets import excel_sheet, plain, yaml_sheet
from quality_markers.catalogue.sheets.checking import refuse_what_falls_short


class Kind(models.TextChoices):
    YAML = "yaml", _("YAML")
    EXCEL = "xlsx", _("Excel")


CONTENT_TYPES = {
    Kind.YAML: "application/yaml",
    Kind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def read(content: bytes) -> Book:
    """Told apart by what is in it. Raises Refused with everything that stands against it."""
    told = excel_sheet.read(content) if content.startswith(b"PK") else yaml_sheet.read(content)
    book = plain.book_of(told)
    refuse_what_falls_short(book)
    return book


def write(book: Book, kind: str, version: CatalogueVersion) -> bytes:
    """The same version is the same bytes, whenever it is asked for."""
    told = plain.plain(book)
    if kind == Kind.EXCEL:
        return excel_sheet.write(told, made_at=version.imported_at)
    return yaml_sheet.write(told)


def named(text: str) -> str:
    """A name that any machine takes; an edition may be called anything."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower())
