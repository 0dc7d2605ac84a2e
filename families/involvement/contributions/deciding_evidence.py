"""What the record says to marker 4 on telling the family, and to marker 12 on who takes part."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.involvement.models import Inclusion, Support
from families.involvement.operations.informing import CLOCK
from families.involvement.queries import deciding, informing
from reviews.case.evidence import Evidence
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core.clock import today
from scr_portal.core.dates import on_screen

Choice = Inclusion.Choice


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker not in (4, 12) or not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    if marker == 4:
        return _told(review)
    newest = deciding.newest(review)
    return [*_why(review, newest), *_who(review, newest), *_supported(review)]


def _url(review: Review, person: Any = None) -> str:
    if person is None:
        return reverse("families:involvement", args=[review.pk])
    return reverse("families:involved", args=[review.pk, person])


def _told(review: Review) -> list[Evidence]:
    url, since = _url(review), informing.told(review)
    found = [
        Evidence(
            "4.1",
            _("%(who)s was told of the review on %(day)s")
            % {"who": person, "day": on_screen(since[person.pk])},
            _url(review, person.pk),
            since[person.pk],
        )
        for person in review.family.filter(pk__in=since)
    ]
    if not found:
        nothing = _("Nobody of the family has been told yet")
        found = [Evidence("4.1", nothing, url, contradicts=True)]
    clock = review.deadlines.filter(key=CLOCK).first()
    if clock:
        words = _("Met on %(met)s; the day to do it by is %(due)s")
        if clock.met_on is None:
            words = _("No day on record by which everybody invited knew; it is due on %(due)s")
        said = {
            "met": on_screen(clock.met_on) if clock.met_on else "",
            "due": on_screen(clock.due_on),
        }
        late = (clock.met_on or today()) > clock.due_on
        found.append(Evidence("4.1", words % said, url, clock.met_on, contradicts=late))
    return found


def _why(review: Review, newest: dict[int, Inclusion]) -> list[Evidence]:
    """12.1 of those who are invited, 12.8 of those who are not."""
    names = dict(review.family.values_list("pk", "pseudonym"))
    found = []
    for pk, row in newest.items():
        said = {"who": names[pk], "why": row.get_why_display()}
        if row.choice == Choice.INVITED:
            question, words = "12.1", _("%(who)s is invited, with the reason")
        elif row.choice == Choice.LATER:
            question, words = "12.8", _("%(who)s is not invited yet: %(why)s")
        else:
            question, words = "12.8", _("%(who)s is not invited: %(why)s")
        found.append(Evidence(question, words % said, _url(review, pk), row.decided_on))
    said_to = {each.question for each in found}
    gaps = {"12.1": _("Nobody is invited yet"), "12.8": _("Nobody is left out with a reason")}
    return found + [
        Evidence(question, text, _url(review))
        for question, text in gaps.items()
        if question not in said_to
    ]


def _who(review: Review, newest: dict[int, Inclusion]) -> list[Evidence]:
    url = _url(review)
    alone = _("Decided on %(day)s by %(by)s")
    together = _("Decided on %(day)s by %(by)s with %(other)s")
    rows = {(row.decided_on, row.decided_by, row.decided_with) for row in newest.values()}
    found = [
        Evidence(
            "12.2",
            (together if other else alone) % {"day": on_screen(on), "by": by, "other": other},
            url,
            on,
        )
        for on, by, other in sorted(rows)
    ]
    left = deciding.undecided(review)
    if n := len(left.people):
        words = ngettext("%(n)s person not considered", "%(n)s people not considered", n)
        found.append(Evidence("12.2", words % {"n": n}, url, contradicts=True))
    words = _("Nobody has looked whether there are any: %(group)s")
    return found + [
        Evidence(
            "12.2",
            words % {"group": str(group.label).lower()},
            f"{url}#missing",
            contradicts=True,
        )
        for group in left.groups
    ] or [Evidence("12.2", _("Nobody is on the family register"), url, contradicts=True)]


def _supported(review: Review) -> list[Evidence]:
    rows = review.supports.exclude(state=Support.State.NOT_NEEDED).defer("detail")
    words = _("%(who)s: %(kind)s, %(state)s")
    return [
        Evidence(
            "12.3",
            words
            % {
                "who": row.person,
                "kind": row.get_kind_display(),
                "state": str(row.get_state_display()).lower(),
            },
            f"{_url(review, row.person_id)}#support",
            row.done_on or row.arranged_on or row.agreed_on,
            contradicts=row.state == Support.State.WANTED,
        )
        for row in rows.select_related("person")
    ] or [Evidence("12.3", _("No support is on the record"), _url(review), contradicts=True)]
