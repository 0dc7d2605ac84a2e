"""What Django's own tags cannot say: dates and times our way, errors, leave to act."""

from datetime import date, datetime
from typing import Any

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Page
from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import gettext

from scr_portal.core import clock as core_clock
from scr_portal.core import dates
from scr_portal.core.reasons import Reason

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """3 March 2026; of a moment, the day it was in London."""
    if not value:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return dates.on_screen(value)


@register.filter
def clock(value: datetime | None) -> str:
    """14:02, by London's clock."""
    return f"{timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """3 March 2026 at 14:02."""
    if not value:
        return ""
    return gettext("%(day)s at %(time)s") % {"day": day(value), "time": clock(value)}


@register.filter
def said(value: Any) -> Any:
    """A day or a moment in our words; anything else as it is."""
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value


@register.filter
def days_words(value: date | None, holidays: Any = None) -> str:
    """3 working days left; ``holidays`` are the days closed, from the board."""
    if not value:
        return ""
    closed = frozenset(holidays) if holidays is not None else frozenset()
    return str(dates.days_in_words(value, core_clock.today(), closed))


@register.filter
def over(value: date | None) -> bool:
    """Past its day, so that the page may say it in the colour of errors as well as in words."""
    return bool(value and value < core_clock.today())


@register.simple_tag
def can(user: Any, permission: str, obj: Any = None) -> bool:
    """``{% can request.user "reviews.edit" review as allowed %}``"""
    return bool(user.has_perm(permission, obj))


@register.simple_tag
def problems(form: Any) -> list[dict[str, Any]]:
    """Rows of the error summary, once for each form: asked again it has said it already."""
    if not isinstance(form, BaseForm) or getattr(form, "problems_shown", False):
        return []
    rows = [
        row
        for name, errors in form.errors.as_data().items()
        for error in errors
        for row in _rows(form, name, error)
    ]
    form.problems_shown = bool(rows)  # type: ignore[attr-defined]
    return rows


def _rows(form: BaseForm, name: str, error: Any) -> list[dict[str, Any]]:
    on_page = name != NON_FIELD_ERRORS and not form[name].is_hidden
    anchor = f"#{form[name].auto_id}" if on_page else ""
    if isinstance(error.message, Reason) and error.message.url:
        reason = error.message
        return [{"text": reason.text, "url": reason.url, "link_text": reason.link_text}]
    return [{"text": text, "url": anchor, "link_text": ""} for text in error.messages]


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """A dict's value by a key that is itself a variable."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, number: int) -> str:
    """The address of another page of this list, with the filters that are on."""
    query = context["request"].GET.copy() if "request" in context else None
    if query is None:
        return f"?page={number}"
    query["page"] = str(number)
    return "?" + query.urlencode()


@register.filter
def page_numbers(page: Page) -> list[int | None]:
    """First, last and the neighbours of this page; None where numbers are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]
