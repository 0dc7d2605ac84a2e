"""What a page of a hundred questions would else work out a hundred times."""

from functools import lru_cache
from html import escape
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import template
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join, strip_spaces_between_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from quality_markers.assessments.models import Answer

register = template.Library()

LINE = "quality_markers/assessments/line.html"
FORMS = {
    "line": "quality_markers/assessments/line_form.html",
    "reflection": "quality_markers/assessments/reflection_form.html",
}
AS_THEY_ARE = ("editable", "fillable", "lacks_reason", "considered")
PLACES = ("anchor", "reference", "place", "token", "last_saved", "judgement_label")
UNUSUAL = ("errors", "asked_then", "record", "contradiction", "before", "rests_on")
"""A line with one of these is drawn for itself."""


class _Place(SafeString):
    """Left open for what differs from one line to the next."""


@register.simple_tag
def judgements(anchor: str, chosen: str) -> SafeString:
    """One radio button for each judgement; the first bears the anchor, for keys."""
    if isinstance(chosen, _Place):
        return SafeString(f"<{chosen}>")  # as if it were the tags that come here: without blanks
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


class _Shape(NamedTuple):
    """What decides which parts of line.html are drawn."""

    notes: tuple[bool, ...]
    has_answer: bool
    editable: bool
    fillable: bool = False
    lacks_reason: bool = False
    does_not_apply: bool = False
    written: tuple[str, ...] = Answer.FIELDS
    considered: bool = True


def _shape(line: Any) -> _Shape:
    shape = _Shape(
        notes=tuple(bool(note.url) for note in line.notes),
        has_answer=bool(line.answer),
        editable=line.editable,
        lacks_reason=line.lacks_reason,
    )
    if line.editable:
        return shape
    return shape._replace(
        fillable=line.fillable,
        does_not_apply=line.texts["judgement"] == Answer.Judgement.NOT_APPLICABLE,
        written=tuple(name for name in Answer.FIELDS if line.texts[name]),
        considered=line.considered,
    )


@register.simple_tag(takes_context=True)
def line_of_many(context: template.Context, line: Any, level: int) -> SafeString:
    """As line.html draws it: drawn once with places left open, which are filled for each line."""
    page = {"from_page": context["from_page"], "level": level}
    if any(getattr(line, each) for each in UNUSUAL):
        with context.push(line=line, **page):
            return SafeString(_template(LINE).render(context))
    drawn = _drawn(_shape(line), *page.values(), get_language())
    said = _said(line) | {"base": context["base"], "csrf_token": context["csrf_token"]}
    safe = {name: _safe(text) for name, text in said.items()}
    return SafeString("".join(safe[part] if at % 2 else part for at, part in enumerate(drawn)))


@register.simple_tag(takes_context=True)
def form_to_fill_in(context: template.Context, kind: str) -> SafeString:
    """The form of a "line" or a "reflection" with places for the numbers: static/js/fill.js."""
    blank = {"token": "", "errors": {}, "last_saved": ""}
    line = SimpleNamespace(
        anchor="q-{marker}-{number}",
        reference="{marker}.{number}",
        place="{marker}/{number}",
        texts=dict.fromkeys(Answer.FIELDS, ""),
        **blank,
    )
    sheet = SimpleNamespace(texts={"text": ""}, **blank)
    with context.push(line=line, sheet=sheet, number="{marker}"):
        return SafeString(strip_spaces_between_tags(_template(FORMS[kind]).render(context)))


def _template(name: str) -> Any:
    """Django's own, which takes a context as it is."""
    return get_template(name).template  # type: ignore[attr-defined]


def _safe(text: str) -> str:
    """As conditional_escape has it, without its way through lazy texts: there are two thousand."""
    return text if hasattr(text, "__html__") else escape(text)


def _said(line: Any) -> dict[str, Any]:
    """What stands in the places; names as in _drawn."""
    said = {name: getattr(line, name) for name in PLACES} | line.texts
    if line.editable:
        said["judgement"] = judgements(line.anchor, line.texts["judgement"])
    said["text"] = line.question.text
    for at, note in enumerate(line.notes):
        said |= {f"url{at}": note.url, f"text{at}": note.text}
    return said


@lru_cache
def _drawn(shape: _Shape, from_page: str, level: int, language: str) -> list[str]:
    """What is the same for such lines, and between any two of these the name of a place."""

    def place(name: str) -> _Place:
        return _Place(f"\0{name}\0")

    line = SimpleNamespace(
        **{name: place(name) for name in PLACES},
        **dict.fromkeys(UNUSUAL, ""),
        texts={name: place(name) if name in shape.written else "" for name in Answer.FIELDS},
        question=SimpleNamespace(text=place("text")),
        notes=[
            SimpleNamespace(url=place(f"url{at}") if has_url else "", text=place(f"text{at}"))
            for at, has_url in enumerate(shape.notes)
        ],
        answer=shape.has_answer,
        **{name: getattr(shape, name) for name in AS_THEY_ARE},
    )
    if shape.does_not_apply:
        line.texts["judgement"] = str(Answer.Judgement.NOT_APPLICABLE)
    page = {"line": line, "from_page": from_page, "level": level}
    places = {name: place(name) for name in ("base", "csrf_token")}
    text = _template(LINE).render(template.Context(page | places))
    return str(text).strip().replace("<\0", "\0").replace("\0>", "\0").split("\0")
