"""Forms as the GOV.UK Design System lays them out, with messages that say how to put it right.

``Form`` and ``ModelForm`` are the bases. The renderer (settings.FORM_RENDERER) dresses every form
of the portal, allauth's too: labels, hints, error ids, fieldsets, and no browser bubbles.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from scr_portal.core.datefield import DateField

__all__ = ["DateField", "Form", "ModelForm", "PortalRenderer"]

_MANY = (forms.RadioSelect, forms.CheckboxSelectMultiple)
# False leaves the attribute out. A maxlength would cut a pasted text without a word; the others
# are the browser's or a package's wishes, not ours.
_UNWANTED = {"maxlength": False, "placeholder": False, "required": False, "autofocus": False}


def lower_first(label: object) -> str:
    """For the middle of a sentence; leaves initials such as SCR alone."""
    text = str(label)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


class PortalBoundField(forms.BoundField):
    """A field and what the templates ask about it."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = {**super().build_widget_attrs(attrs, widget), **_UNWANTED}
        if style := self._style(widget):
            own = widget.attrs.get("class", "")
            invalid = f"{style.split()[0]}--error" if self.errors else ""
            built["class"] = " ".join(filter(None, [style, invalid, own, attrs.get("class", "")]))
        if isinstance(widget, forms.NumberInput):
            built.setdefault("inputmode", "numeric")
        return built

    @staticmethod
    def _style(widget: forms.Widget) -> str:
        styles: list[tuple[type[forms.Widget], str]] = [
            # Django's CheckboxSelectMultiple is a RadioSelect, so it is asked first.
            (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
            (forms.RadioSelect, "govuk-radios__input"),
            (forms.CheckboxInput, "govuk-checkboxes__input"),
            (forms.Textarea, "govuk-textarea"),
            (forms.Select, "govuk-select"),
            (forms.HiddenInput, ""),
            (forms.PasswordInput, "govuk-input govuk-js-password-input-input"),
            (Input, "govuk-input"),
        ]
        return next((style for kind, style in styles if isinstance(widget, kind)), "")

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby or ""
        if self.counted:
            described += f" {self.auto_id}-info"
        return described.strip() or None

    @property
    def shape(self) -> str:
        """Which part of forms/field.html draws it."""
        widget = self.field.widget
        if isinstance(widget, _MANY):
            return "options"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "password" if isinstance(widget, forms.PasswordInput) else "plain"

    @property
    def counted(self) -> int | None:
        """Characters allowed, where a count under the box helps: long texts."""
        limit = getattr(self.field, "max_length", None)
        return limit if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def optional(self) -> bool:
        """Say "(optional)" after the label? Most fields are asked for, so the rest are marked."""
        marks = getattr(self.form, "mark_optional", False)
        return marks and not self.field.required and self.shape != "checkbox"

    @property
    def kind(self) -> str:
        several = isinstance(self.field.widget, forms.CheckboxSelectMultiple)
        return "checkboxes" if several else "radios"

    @cached_property
    def options(self) -> list[dict[str, Any]]:
        """Radios or checkboxes; the first has the field's own id, or the summary's link is dead."""
        hints = getattr(self.field.widget, "hints", {})
        revealed = getattr(self.form, "reveals", {}).get(self.name, {})
        rows = []
        for number, option in enumerate(self.subwidgets):
            attrs = option.data["attrs"]
            attrs["id"] = self.auto_id if number == 0 else f"{self.auto_id}_{number}"
            value = str(option.data["value"])
            if value in hints:
                attrs["aria-describedby"] = f"{attrs['id']}_hint"
            names = revealed.get(value, ())
            names = (names,) if isinstance(names, str) else names
            if names:
                attrs["data-aria-controls"] = f"conditional-{attrs['id']}"
            shown = [self.form[name] for name in names]
            rows.append({"input": option, "hint": hints.get(value), "reveals": shown})
        return rows

    def as_widget(
        self,
        widget: forms.Widget | None = None,
        attrs: dict[str, Any] | None = None,
        only_initial: bool = False,
    ) -> SafeString:
        if widget is None and not only_initial and isinstance(self.field.widget, _MANY):
            return SafeString(self.renderer.render("forms/options.html", {"field": self}))
        return super().as_widget(widget, attrs, only_initial)


class PortalRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalBoundField


def _untouched(field: forms.Field, code: str) -> bool:
    """True while nobody has given the field words of its own for this error."""
    defaults = [getattr(cls, "default_error_messages", {}) for cls in type(field).__mro__]
    message = field.error_messages.get(code)
    return message is None or any(message is known.get(code) for known in defaults)


def _required_message(field: forms.Field, label: object) -> str | Promise:
    if isinstance(field, forms.BooleanField):
        return format_lazy(_("Confirm: {label}"), label=label)
    words = _("Select {label}") if isinstance(field, forms.ChoiceField) else _("Enter {label}")
    if str(label).endswith("?"):
        words = _("Answer “{label}”")
        return format_lazy(words, label=label)
    return format_lazy(words, label=lower_first(label))


def _sentences(field: forms.Field, label: object) -> dict[str, str | Promise]:
    return {
        "required": _required_message(field, label),
        "max_length": format_lazy(
            _("{label} must be {limit} characters or fewer"),
            label=label,
            limit=getattr(field, "max_length", ""),
        ),
        "min_length": format_lazy(
            _("{label} must be {limit} characters or more"),
            label=label,
            limit=getattr(field, "min_length", ""),
        ),
        "invalid_choice": format_lazy(
            _("Choose one of the answers given for {label}"), label=lower_first(label)
        ),
    }


class Sentences:
    """Mixed into the bases below.

    ``reveals``: field -> {answer: name or names of fields shown under that answer}.
    ``mark_optional``: off for filters, where nothing is required.
    """

    use_required_attribute = False
    mark_optional = True
    reveals: ClassVar[Mapping[str, Mapping[str, str | tuple[str, ...]]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            label = field.label or name.replace("_", " ").capitalize()
            for code, words in _sentences(field, label).items():
                if _untouched(field, code) and not isinstance(field, DateField):
                    field.error_messages[code] = words
            if isinstance(field, forms.EmailField) and _untouched(field, "invalid"):
                field.error_messages["invalid"] = _(
                    "Enter an e-mail address in the usual form, such as name@example.org"
                )
            if isinstance(field, DateField):
                field.label = label

    @property
    def revealed(self) -> set[str]:
        """Names of the fields that another field's template draws."""
        names: set[str] = set()
        for answers in self.reveals.values():
            for shown in answers.values():
                names.update((shown,) if isinstance(shown, str) else shown)
        return names


class Form(Sentences, forms.Form):
    """Base of every plain form."""


class ModelForm(Sentences, forms.ModelForm):
    """Base of every form of a model. It validates; operations save."""
