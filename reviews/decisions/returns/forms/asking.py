from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.decisions.returns import queries
from reviews.decisions.returns.operations.asking import Addressee
from scr_portal.accounts.models import Agency
from scr_portal.core.forms import DateField, Form, long_text
from scr_portal.core.widgets import Radios

LINK = "link"


class AskForm(Form):
    """For each agency: not now, somebody with an account, or a link to a name and an address.

    The fields are made for each agency; those that still owe an answer are said instead of drawn.
    ``rows`` are what was asked before. Who got the other letter, the notice or the form, is offered
    by name and address, and chosen by nobody but the unit.
    """

    # A name is demanded with a link, and an agency may be left out: the word would mislead.
    mark_optional = False

    due_on = DateField(
        label=_("Wanted by"),
        not_past=True,
        help_text=_("They are reminded before it and after it until they answer."),
    )

    def __init__(self, *args: Any, review: Review, rows: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = list(Agency.objects.filter(board=review.board_id))
        self.speakers = queries.speakers(review)
        self.before = queries.asked_last(review)
        last = queries.latest(rows)
        self.asked_already = [
            each for each in self.agencies if each.pk in last and last[each.pk].is_waiting
        ]
        self.answered = {key for key, row in last.items() if row.answered_at}
        self.reveals = {}  # type: ignore[misc]
        for agency in self.agencies:
            # What was asked meanwhile is said by the operation, not passed over.
            if agency not in self.asked_already or self.is_bound:
                self._add(agency)
        self.order_fields([name for name in self.fields if name not in self.base_fields])

    def _add(self, agency: Agency) -> None:
        key = agency.pk
        before = self.before.get(key)
        link = before.link if before else None
        people = [(str(person.pk), person.name) for person in self.speakers.get(agency.pk, [])]
        self.fields[f"how_{key}"] = forms.ChoiceField(
            label=agency.name,
            choices=[("", _("Not now")), *people, (LINK, _("Somebody by a link"))],
            required=False,
            help_text=self._help(key),
            widget=Radios(small=True),
        )
        self.fields[f"name_{key}"] = forms.CharField(
            label=_("Name"),
            max_length=200,
            required=False,
            initial=link.recipient_name if link else "",
        )
        self.fields[f"email_{key}"] = forms.EmailField(
            label=_("Email address"),
            max_length=254,
            required=False,
            initial=link.recipient_email if link else "",
        )
        self.reveals[f"how_{key}"] = {LINK: (f"name_{key}", f"email_{key}")}  # type: ignore[index]

    def _help(self, key: int) -> str:
        if key in self.answered:
            return _now("Has answered already")
        if before := self.before.get(key):
            name = before.link.recipient_name if before.link else before.user
            return _now("Asked last: %(name)s") % {"name": name}
        return ""

    def _fresh(self) -> list[Agency]:
        return [each for each in self.agencies if f"how_{each.pk}" in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = [each for each in self._fresh() if data.get(f"how_{each.pk}")]
        for agency in chosen:
            if data[f"how_{agency.pk}"] == LINK:
                self._demand(f"name_{agency.pk}", _now("Enter a name for %(agency)s"), agency)
                self._demand(
                    f"email_{agency.pk}", _now("Enter an email address for %(agency)s"), agency
                )
        if not chosen and self._fresh():
            self.add_error(f"how_{self._fresh()[0].pk}", _("Choose at least one agency"))
        data["to"] = [self._addressee(agency, data) for agency in chosen]
        return data

    def _demand(self, name: str, words: str, agency: Agency) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words % {"agency": agency})

    def _addressee(self, agency: Agency, data: dict[str, Any]) -> Addressee:
        how = data[f"how_{agency.pk}"]
        if how == LINK:
            name, email = data.get(f"name_{agency.pk}", ""), data.get(f"email_{agency.pk}", "")
            return Addressee(agency, name=name, email=email)
        people = self.speakers.get(agency.pk, [])
        return Addressee(agency, user=next(each for each in people if str(each.pk) == how))


class NoticeForm(AskForm):
    text = long_text(
        _("What is to be kept"),
        rows=14,
        help_text=_("Whoever has the link can read it, so give no names."),
    )


class DueForm(Form):
    due_on = DateField(label=_("Wanted by"), not_past=True)


class GiveUpForm(Form):
    reason = long_text(_("Reason"), rows=3)
