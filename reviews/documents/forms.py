from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.case.zones import boards_of, zones_for
from reviews.documents import rules
from reviews.documents.models import Document
from reviews.permissions import Permission
from scr_portal.accounts.models import User
from scr_portal.core.forms import Form
from scr_portal.core.widgets import Radios
from scr_portal.documents import names
from scr_portal.documents.forms import FileField


class _AboutForm(Form):
    """What is said about a document, beside its file."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Choose one")), *Document.Kind.choices]
    )
    permission = forms.ChoiceField(label=_("Who may read it"), widget=Radios)
    private_to = forms.TypedChoiceField(
        label=_("Which boards"), required=False, coerce=int, empty_value=None, widget=Radios
    )
    marking = forms.ChoiceField(label=_("Protective marking"), choices=Review.Marking)

    def __init__(
        self, *args: Any, review: Review, user: Any, permission: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.boards = {board.pk: board for board in boards_of(user, review)}
        choices = rules.readers(user, review, *filter(None, [permission]))
        readers: Any = self.fields["permission"]
        readers.choices = choices
        readers.widget.hints = {value: rules.in_roles(value) for value, _label in choices}
        zones = zones_for(user, review)
        if len(zones) == 1:
            del self.fields["private_to"]
        else:
            self.fields["private_to"].choices = zones  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """For the operations; a board in place of its number."""
        said = {
            name: self.cleaned_data[name] for name in ("title", "kind", "permission", "marking")
        }
        if "private_to" in self.fields:
            said["private_to"] = self.boards.get(self.cleaned_data["private_to"])
        return said


class DocumentForm(_AboutForm):
    """A new document."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    file = FileField(label=_("File"))
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Without one, the name of the file is taken."),
    )
    field_order = ["token", "file", "title"]

    def said(self) -> dict[str, Any]:
        said = super().said()
        upload, token = self.cleaned_data["file"], self.cleaned_data["token"]
        title = said["title"] or names.split(names.cleaned(upload.name))[0]
        return said | {"title": title, "upload": upload, "token": token}


class EditForm(_AboutForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        empty_label=None,
        help_text=_("The owner and the business unit may change or withdraw it."),
    )
    field_order = ["title", "kind", "owner"]

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        names = ("title", "kind", "owner", "permission", "private_to", "marking")
        initial = {name: getattr(document, f"{name}_id", getattr(document, name)) for name in names}
        super().__init__(
            *args,
            review=document.review,
            permission=document.permission,
            initial=initial,
            **kwargs,
        )
        able = {person.pk for person in people_with(document.review, Permission.ADD_DOCUMENTS)}
        owners = User.objects.filter(pk__in=able | {document.owner_id})
        self.fields["owner"].queryset = owners.order_by("name")  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        return super().said() | {"owner": self.cleaned_data["owner"]}


class VersionForm(Form):
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    since = forms.IntegerField(widget=forms.HiddenInput)
    file = FileField(label=_("File"))
    note = forms.CharField(label=_("What changed"), max_length=500, required=False)

    def said(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["upload"] = said.pop("file")
        return said


class WithdrawForm(Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Those who add documents read this. Write no names."),
    )
