"""What this room tells the rooms below it. Nothing is said of what its reader may not read."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.contributions import queries
from families.contributions.models import Contribution, Keepsake, Use
from families.contributions.rules import UNCHECKED
from families.involvement.models import Phase
from families.involvement.phases import PhaseFact
from families.people.models import Person
from families.people.panels import Panel
from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.documents.models import Document
from reviews.permissions import Permission
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move

NAMED = "contributions"  # key of an event's changes: all of which it speaks


def _url(review_id: Any, query: str = "") -> str:
    return reverse("families:contributions", args=[review_id]) + query


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    found = []
    if queries.may_enter(user, review):
        found.append((_("Contributions"), "families:contributions"))
    if user.has_perm(Permission.SEE_FAMILY, review):
        found.append((_("Keepsakes"), "families:keepsakes"))
    return [
        {"part": Part.FAMILY, "label": label, "name": name, "url": reverse(name, args=[review.pk])}
        for label, name in found
    ]


def blockers(move: Move, review: Review, by: Any) -> list[Reason]:
    """No report is put to sign-off before the family could check what was written down (QM 12.9).

    Whoever may not read what waits hears that something waits, and whom to ask. What was said for
    named people alone stands against nothing, for that would give it away.
    """
    if move.target != Stage.SIGN_OFF or move.back:
        return []
    team = Contribution.Visibility.TEAM
    if not queries.unchecked(Contribution.objects.filter(review=review, visibility=team)).exists():
        return []
    readable = Contribution.objects.readable(by, review).filter(visibility=team)
    mine = queries.unchecked(readable).count()
    if not mine:
        text = _(
            "A check of accuracy by the family is not done. Ask the family liaison or the lead "
            "reviewer."
        )
        return [Reason(text)]
    words = ngettext(
        "%(n)s contribution has not been shown to the family member who made it.",
        "%(n)s contributions have not been shown to the family members who made them.",
        mine,
    )
    url = _url(review.pk, f"?check_state={UNCHECKED.value}")
    return [Reason(words % {"n": mine}, url, _("Go to them"))]


def worklist(user: Any) -> list[Need]:
    return [*_to_show(user), *_to_withdraw(user)]


def _to_show(user: Any) -> list[Need]:
    """Of what they may read on the reviews where they keep contributions, a line for each."""
    reviews = Review.objects.visible_to(user, Permission.KEEP_CONTRIBUTIONS)
    open_reviews = reviews.exclude(stage=Stage.CLOSED)
    rows = Contribution.objects.readable_anywhere(user).filter(review__in=open_reviews)
    waiting = queries.unchecked(rows).order_by().values("review")
    counted = {row["review"]: row for row in waiting.annotate(n=Count("pk"), since=Min("at"))}
    return [
        Need(
            text=_to_show_words(counted[review.pk]["n"]),
            url=_url(review.pk, f"?check_state={UNCHECKED.value}"),
            review=review,
            since=counted[review.pk]["since"],
        )
        for review in Review.objects.filter(pk__in=counted)
    ]


def _to_show_words(n: int) -> str:
    words = ngettext(
        "Show a family member what was written down",
        "Show family members what was written down (%(n)s)",
        n,
    )
    return words % {"n": n}


def _to_withdraw(user: Any) -> list[Need]:
    """Consent was taken back: the thing waits to go home, or a document of it is in use again."""
    reviews = Review.objects.visible_to(user, Permission.KEEP_FAMILY)
    rows = Keepsake.objects.filter(review__in=reviews, ended_on__isnull=False)
    kind = Keepsake._meta.label_lower
    in_use = Document.objects.filter(review__in=reviews, about_type=kind).in_use()
    again = {int(pk) for pk in in_use.values_list("about_id", flat=True)}
    return [
        Need(
            text=_("Consent to a keepsake was taken back: give it back, and use it no more"),
            url=row.get_absolute_url(),
            review=row.review,
        )
        for row in rows.filter(Q(returned_on=None) | Q(pk__in=again)).select_related("review")
    ]


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker != 12 or not user.has_perm(Permission.READ_FAMILY_MARKERS, review):
        return []
    if not queries.may_enter(user, review):
        return _nothing_for(review)
    rows = queries.with_what_became(Contribution.objects.readable(user, review)).order_by()
    said = rows.aggregate(
        all=Count("pk"),
        in_use=Count("pk", filter=Q(used=True)),
        said=Count("pk", filter=Q(settled=True)),
        agreed=Count("pk", filter=Q(in_their_words=True)),
        checked=Count("pk", filter=~Q(check_state=UNCHECKED)),
    )
    if not said["all"]:
        return _nothing_for(review)
    in_report = [Use.Where.FINDING, Use.Where.SECTION]
    said["places"] = Use.objects.filter(contribution__in=rows, where__in=in_report).count()
    six = _(
        "%(all)s contributions by family members; %(in_use)s used, and of %(said)s it is said "
        "what became of them"
    )
    seven = _(
        "%(agreed)s of %(all)s contributions are in the person's own words, as agreed; %(places)s "
        "places in the report are said to rest on them"
    )
    nine = _("%(checked)s of %(all)s contributions were put to the person for a check of accuracy")
    url = _url(review.pk)
    unused = not said["in_use"] and not said["said"]
    unchecked = review.completed_on is not None and said["checked"] < said["all"]
    words = (("12.6", six, unused), ("12.7", seven, False), ("12.9", nine, unchecked))
    return [
        Evidence(question, text % said, url, contradicts=contradicts)
        for question, text, contradicts in words
    ]


def _nothing_for(review: Review) -> list[Evidence]:
    """The same words whether there is nothing, or nothing for this reader."""
    text = _(
        "No contribution by a family member that you may read; the family liaison and the lead "
        "reviewer keep them"
    )
    url = reverse("reviews:detail", args=[review.pk])
    return [Evidence(question, text, url) for question in ("12.6", "12.7", "12.9")]


def about_person(person: Person, user: Any) -> list[Panel]:
    return [*_said_by(person, user), *_kept_of(person, user)]


def _said_by(person: Person, user: Any) -> list[Panel]:
    review = person.review
    if not queries.may_enter(user, review):
        return []
    rows = Contribution.objects.readable(user, review).filter(person=person)
    said = queries.with_what_became(rows).order_by().aggregate(
        n=Count("pk"),
        unchecked=Count("pk", filter=Q(check_state=UNCHECKED)),
        nothing=Count("pk", filter=Q(settled=False)),
    )  # fmt: skip
    words = {
        "n": _("Contributions: %(n)s"),
        "unchecked": _("Not shown to them yet: %(n)s"),
        "nothing": _("Nothing has become of it yet: %(n)s"),
    }
    lines = [words[name] % {"n": said[name]} for name in words if said[name]]
    nothing = _("Nothing that they said has been written down.")
    return [Panel(_("Contributions"), _url(review.pk, f"?person={person.pk}"), lines, nothing)]


def _kept_of(person: Person, user: Any) -> list[Panel]:
    if not user.has_perm(Permission.SEE_FAMILY, person.review):
        return []
    url = reverse("families:keepsakes", args=[person.review_id])
    rows = Keepsake.objects.filter(review=person.review, person=person)
    lines = [row.what for row in rows]
    return [Panel(_("Keepsakes"), url, lines, _("None."))]


def family_phases(review: Review, user: Any) -> list[PhaseFact]:
    """What this reader may read of each person's contributions, as two of the phases."""
    by_person: dict[int, list[Contribution]] = defaultdict(list)
    for row in Contribution.objects.readable(user, review).defer("text").order_by("said_on"):
        by_person[row.person_id].append(row)
    said = [fact for pk, rows in by_person.items() for fact in _phases(review, pk, rows)]
    return said + _told(review, by_person)


def _told(review: Review, by_person: dict[int, list[Contribution]]) -> list[PhaseFact]:
    """That they heard what became of it, where that was kept with what they said."""
    rows = [row for said in by_person.values() for row in said]
    told = Use.objects.filter(contribution__in=rows, person_told_on__isnull=False)
    return [
        PhaseFact(
            use.contribution.person_id,
            Phase.LEARNING,
            _("What became of what they said"),
            use.person_told_on,
            use.contribution.get_absolute_url(),
        )
        for use in told.select_related("contribution").order_by("person_told_on")
    ]


def _phases(review: Review, pk: int, rows: list[Contribution]) -> list[PhaseFact]:
    said = ngettext("%(n)s contribution", "%(n)s contributions", len(rows)) % {"n": len(rows)}
    checked = sum(row.check_state != UNCHECKED for row in rows)
    words = _("%(n)s of %(all)s shown to them") % {"n": checked, "all": len(rows)}
    url = _url(review.pk, f"?person={pk}")
    return [
        PhaseFact(pk, Phase.CONTRIBUTING, said, rows[-1].said_on, url),
        PhaseFact(pk, Phase.ACCURACY, words, None, url),
    ]


def hidden_events(review: Review, user: Any) -> list[Q]:
    """Of contributions that this reader may not read, one by one or several at once."""
    mine = list(Contribution.objects.readable(user, review).values_list("pk", flat=True))
    kind = Contribution._meta.label_lower
    found = [
        Q(target_type=kind) & ~Q(target_id__in=[str(pk) for pk in mine]),
        Q(changes__has_key=NAMED) & ~Q(**{f"changes__{NAMED}__contained_by": mine}),
    ]
    if not user.has_perm(Permission.SEE_FAMILY, review):
        found.append(Q(target_type=Keepsake._meta.label_lower))
    return found


def document_targets(kind: str, pk: str, review: Review, user: Any) -> list[Keepsake]:
    """Photographs belong to a keepsake."""
    if kind != Keepsake._meta.label_lower or not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    rows = Keepsake.objects.filter(review=review, ended_on__isnull=True)
    return list(rows.filter(pk=pk)) if pk.isdecimal() else []
