"""Rows of tables. A list has hundreds of cells, so they are joined here and not by templates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from scr_portal.core.templatetags.portal import said

register = template.Library()

SHORT, SHORT_NOTE = 20, 30
"""Letters. What has fewer is not torn over two lines."""


@register.simple_tag
def row_of_cells(cells: Sequence[Any]) -> SafeString:
    """Each a text, or {text, url, note, tag, colour, numeric}; the first heads the row."""
    first, *others = cells
    head = f'<th scope="row" class="govuk-table__header">{cell(first)}</th>'
    return SafeString(head + "".join(map(_after_the_first, others)))


def _after_the_first(value: Any) -> str:
    numeric = isinstance(value, Mapping) and value.get("numeric")
    kind = " govuk-table__cell--numeric" if numeric else ""
    return f'<td class="govuk-table__cell{kind}">{cell(value)}</td>'


@register.simple_tag
def cell(value: Any) -> SafeString:
    """What stands in it. Days and moments are said in our words."""
    if not isinstance(value, Mapping):
        return _text(value)
    if url := value.get("url"):
        text, is_short = _shown(value["text"], SHORT)
        whole = " portal-whole" if is_short else ""
        main = f'<a class="govuk-link{whole}" href="{conditional_escape(url)}">{text}</a>'
    elif word := value.get("tag"):
        main = tag_of(word, value.get("colour"))
    else:
        main = _text(value["text"])
    return SafeString(main + _note(value.get("note")))


@register.simple_tag
def tag_of(text: Any, colour: str | None = None) -> SafeString:
    """What components/tag.html is, which says what the colours are."""
    kind = f" govuk-tag--{conditional_escape(colour)}" if colour else ""
    return SafeString(
        f'<strong class="govuk-tag{kind}">{conditional_escape(localize(text))}</strong>'
    )


def _text(value: Any) -> SafeString:
    text, is_short = _shown(said(value), SHORT)
    whole = ' class="portal-whole"' if is_short else ""
    return SafeString(f"<span{whole}>{text}</span>")


def _note(value: Any) -> str:
    if not value:
        return ""
    text, is_short = _shown(value, SHORT_NOTE)
    whole = " portal-whole" if is_short else ""
    return f'<span class="portal-worklist__note{whole}">{text}</span>'


def _shown(value: Any, short: int) -> tuple[str, bool]:
    """As ``{{ value }}`` shows it, and whether a reader counts fewer letters than that."""
    text = "" if value is None else localize(value)
    return conditional_escape(text), len(str(text)) < short
