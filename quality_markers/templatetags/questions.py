"""What a page of a hundred questions would else work out a hundred times."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from quality_markers.assessments.models import Answer

register = template.Library()


@register.simple_tag
def judgements(anchor: str, chosen: str) -> SafeString:
    """One radio button for each judgement; the first bears the anchor, for keys."""
    first, others = _buttons(chosen, get_language() or "")
    return format_html(first, anchor) + others


@lru_cache
def _buttons(chosen: str, language: str) -> tuple[str, SafeString]:
    (value, label), *others = Answer.Judgement.choices
    rows = ((each, _checked(each, chosen), words) for each, words in others)
    button = '<label><input type="radio" name="judgement" value="{}"{}>{}</label>'
    first = format_html(
        button, value, SafeString(' id="{}-judgement"') + _checked(value, chosen), label
    )
    return str(first), format_html_join("", button, rows)


def _checked(value: str, chosen: str) -> SafeString:
    return SafeString(" checked" if value == chosen else "")
