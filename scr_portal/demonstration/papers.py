"""The invented documents of a case: written, uploaded and replaced through the real operations."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from reviews.case.models import Review
from reviews.documents import operations as documents
from scr_portal.accounts.models import User
from scr_portal.core import clock
from scr_portal.core.paper import Paper, Section, Text, to_docx, to_pdf

DATA = Path(__file__).parent / "data" / "documents.toml"


@cache
def _rows() -> list[dict[str, Any]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))["document"]


def add_papers(
    review: Review, cast: dict[str, User], on: Callable[[int], AbstractContextManager[None]]
) -> None:
    """``on`` pretends that it is so many days ago."""
    for row in _rows():
        if row["review"] == review.pseudonym:
            _add(review, cast, on, row)


def _add(review: Review, cast: dict[str, User], on: Any, row: dict[str, Any]) -> None:
    by = cast[row["by"]]
    with on(row["added"]):
        document = documents.add(
            review=review,
            by=by,
            upload=_file(review, row, row["text"], by),
            token=row["title"],
            title=row["title"],
            kind=row["kind"],
            permission=row["readers"],
        )
    for number, version in enumerate(row.get("version", []), 1):
        with on(version["added"]):
            documents.add_version(
                document=document,
                by=cast[version["by"]],
                upload=_file(review, row, version["text"], by),
                token=f"{row['title']} {number}",
                since=number,
                note=version["note"],
            )


def _file(review: Review, row: dict[str, Any], text: str, by: User) -> ContentFile:
    paper = Paper(
        title=row["title"],
        reference=review.reference,
        board=review.board.name,
        marking=review.get_marking_display(),
        version="",
        made_by=by,
        made_at=clock.now(),
        sections=[Section(row["title"], [Text(text.strip())])],
    )
    content = to_pdf(paper) if row["format"] == "pdf" else to_docx(paper)
    return ContentFile(content, name=f"{row['title']}.{row['format']}")
