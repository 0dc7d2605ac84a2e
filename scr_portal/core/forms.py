"""Forms as the GOV.UK Design System lays them out, with messages that say how to put it right.

``Form`` and ``ModelForm`` are the bases. The renderer (settings.FORM_RENDERER) dresses every form
of the portal, allauth's too: labels, hints, error ids, fieldsets, and no browser bubbles.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from scr_portal.core.datefield import DateField

__all__ = ["DateField", "Form", "ModelForm", "PortalRenderer", "long_text"]

_MANY = (forms.RadioSelect, forms.CheckboxSelectMultiple)
# False leaves the attribute out. A maxlength would cut a pasted text without a word; the others
# are the browser's or a package's wishes, not ours.
_UNWANTED = {"maxlength": False, "placeholder": False, "required": False, "autofocus": False}


def lower_first(label: object) -> str:
    """For the middle of a sentence; leaves initials such as SCR alone."""
    text = str(label)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _untouched(field: forms.Field, code: str) -> bool:
    """True while nobody has given the field words of its own for this error."""
    defaults = [getattr(cls, "default_error_messages", {}) for cls in type(field).__mro__]
    message = field.error_messages.get(code)
    return message is None or any(message is known.get(code) for known in defaults)


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Confirm: {label}").format(label=label)
    if label.endswith("?"):
        return _("Answer “{label}”").format(label=label)
    words = _("Select {label}") if isinstance(field, forms.ChoiceField) else _("Enter {label}")
    return words.format(label=lower_first(label))


def _sentences(field: forms.Field, label: str) -> dict[str, str]:
    """By the code of the error. Django puts its parameters into all but "invalid" with ``%``."""
    safe = label.replace("%", "%%")
    limits = {
        "max_length": _("{label} must be {limit} characters or fewer"),
        "min_length": _("{label} must be {limit} characters or more"),
        "max_value": _("{label} must be {limit} or less"),
        "min_value": _("{label} must be {limit} or more"),
    }
    sentences = {
        code: words.format(label=safe, limit=getattr(field, code, ""))
        for code, words in limits.items()
    }
    sentences["invalid_choice"] = _("Choose one of the answers given for {label}").format(
        label=lower_first(safe)
    )
    if isinstance(field, forms.IntegerField):
        sentences["invalid"] = _("{label} must be a whole number").format(label=label)
    if isinstance(field, forms.EmailField):
        sentences["invalid"] = _(
            "Enter an email address in the usual form, such as name@example.org"
        )
    return sentences


def _word(field: forms.Field, label: Any) -> None:
    """Errors that say how to put it right, wherever a field has none of its own."""
    if isinstance(field, DateField):
        field.label = label
        return
    text = str(label)
    for code, words in {**_sentences(field, text), "required": _required(field, text)}.items():
        if _untouched(field, code):
            field.error_messages[code] = words


class PortalBoundField(forms.BoundField):
    """A field and what the templates ask about it.

    Django makes it before it cleans the field, so the errors of packages' forms are worded too.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        _word(field, self.label)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = {**super().build_widget_attrs(attrs, widget), **_UNWANTED}
        if style := self._style(widget):
            own = widget.attrs.get("class", "")
            invalid = f"{style.split()[0]}--error" if self.errors else ""
            style += " govuk-js-character-count" if self.counted else ""
            built["class"] = " ".join(filter(None, [style, invalid, own, attrs.get("class", "")]))
        if isinstance(widget, _MANY):
            built["aria-invalid"] = False  # not for a radio: the fieldset names the error
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
            (forms.FileInput, "govuk-file-upload"),
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
                attrs["data-reveals"] = f"conditional-{attrs['id']}"
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


class PortalForm:
    """Mixed into the bases below.

    ``reveals``: field -> {answer: name or names of fields shown under that answer}.
    ``mark_optional``: off for filters, where nothing is required.
    """

    use_required_attribute = False
    mark_optional = True
    reveals: ClassVar[Mapping[str, Mapping[str, str | tuple[str, ...]]]] = {}

    @property
    def revealed(self) -> set[str]:
        """Names of the fields that another field's template draws."""
        names: set[str] = set()
        for answers in self.reveals.values():
            for shown in answers.values():
                names.update((shown,) if isinstance(shown, str) else shown)
        return names


class Form(PortalForm, forms.Form):
    """Base of every plain form."""


class ModelForm(PortalForm, forms.ModelForm):
    """Base of every form of a model. It validates; operations save."""


LONG = 20_000


def long_text(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 6) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
