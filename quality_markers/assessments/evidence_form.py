"""What an answer rests on: one form, with the boxes of the kind that was chosen."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quality_markers.assessments.addresses import LONGEST
from quality_markers.assessments.models import EvidenceItem
from reviews.case.evidence import Evidence
from reviews.documents.models import Document, DocumentQuerySet
from scr_portal.core.forms import Form
from scr_portal.core.widgets import Radios

Kind = EvidenceItem.Kind

HINTS: dict[str, Any] = {
    Kind.DOCUMENT: _("Only those who may read the document will see that the answer rests on it."),
    Kind.RECORD: _(
        "Pinned as it stands today. Those see it whom the record tells the same; if the record "
        "changes, you are told here."
    ),
    Kind.WEB: _("Kept as a link. The portal never opens it."),
    Kind.NOTE: _("For what is not in the portal: a file, a shelf, a person to ask."),
}


def key_of(fact: Evidence) -> str:
    """A fact has no number of its own: it is known by what it says."""
    return sha256(str(fact.text).encode()).hexdigest()[:16]


class EvidenceForm(Form):
    kind = forms.ChoiceField(label=_("What does the answer rest on?"), widget=Radios(hints=HINTS))
    document = forms.ModelChoiceField(
        label=_("Document"), queryset=Document.objects.none(), required=False
    )
    fact = forms.ChoiceField(label=_("What the record says"), required=False)
    url = forms.CharField(
        label=_("Web address"),
        help_text=_("It begins with https://."),
        required=False,
        max_length=LONGEST,
    )
    what = forms.CharField(label=_("What it is"), required=False, max_length=LONGEST)
    where = forms.CharField(label=_("Where it lies"), required=False, max_length=LONGEST)
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    reveals = {
        "kind": {
            Kind.DOCUMENT.value: "document",
            Kind.RECORD.value: "fact",
            Kind.WEB.value: ("url", "what"),
            Kind.NOTE.value: "where",
        }
    }
    ASKED = {
        Kind.DOCUMENT.value: ("document", _("Choose a document.")),
        Kind.RECORD.value: ("fact", _("Choose what the record says.")),
        Kind.WEB.value: ("url", _("Enter a web address that begins with https://.")),
        Kind.NOTE.value: ("where", _("Say where it lies.")),
    }

    def __init__(
        self, *args: Any, documents: DocumentQuerySet, facts: Iterable[Evidence], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.facts = {key_of(fact): str(fact.text) for fact in facts}
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        self.fields["fact"].choices = [("", _("Choose one")), *self.facts.items()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in Kind.choices if value != Kind.RECORD or self.facts
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, words = self.ASKED.get(cleaned.get("kind", ""), ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, words)
        return cleaned

    def said(self) -> dict[str, Any]:
        """For the operation."""
        kind, cleaned = self.cleaned_data["kind"], self.cleaned_data
        texts = {
            Kind.RECORD.value: self.facts.get(cleaned["fact"], ""),
            Kind.WEB.value: cleaned["what"],
            Kind.NOTE.value: cleaned["where"],
        }
        return {
            "kind": kind,
            "token": cleaned["token"],
            "document": cleaned["document"],
            "text": texts.get(kind, ""),
            "url": cleaned["url"],
        }
