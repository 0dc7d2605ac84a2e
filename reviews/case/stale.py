"""Two people on one form: what the other one changed, beside what this one typed."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from scr_portal.audit.models import AuditEvent
from scr_portal.audit.queries import sentence
from scr_portal.core.dates import on_screen

UNSHOWN = {"version", "real_name", "date_of_birth", "forget"}


def differences(form: Any, current: Model, *, since: int) -> dict[str, Any]:
    """Who changed what since version ``since``, and each field that differs from what was typed.

    ``form.unshown`` names fields of which the page may not say what is kept.
    """
    events = AuditEvent.objects.filter(
        target_type=current._meta.label_lower,
        target_id=str(current.pk),
        changes__version__gt=since,
    ).order_by("at", "id")
    unshown = UNSHOWN | getattr(form, "unshown", frozenset())
    rows = [
        {"label": field.label, "now": _words(current, name), "typed": _typed(form, name)}
        for name, field in form.fields.items()
        if name not in unshown and _differs(form, current, name)
    ]
    return {"events": [sentence(event) for event in events], "rows": rows}


def keep_typing(form: Any, version: int) -> None:
    """Everything typed stays in its box; saved again it counts as made after the other's change."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(version)


def _stored(current: Model, name: str) -> Any:
    value = getattr(current, name)
    return set(value.all()) if hasattr(value, "all") else value


def _differs(form: Any, current: Model, name: str) -> bool:
    typed, stored = form.cleaned_data.get(name), _stored(current, name)
    return (set(typed or ()) if isinstance(stored, set) else typed) != stored


def _words(current: Model, name: str) -> str:
    if display := getattr(current, f"get_{name}_display", None):
        return str(display())
    return _said(_stored(current, name))


def _typed(form: Any, name: str) -> str:
    value = form.cleaned_data.get(name)
    choices = dict(getattr(form.fields[name], "choices", None) or [])
    return str(choices[value]) if isinstance(value, str) and value in choices else _said(value)


def _said(value: Any) -> str:
    if hasattr(value, "strftime"):
        return on_screen(value)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(str(item) for item in value) or _("empty")
    return str(value) if value else _("empty")
