"""What deciding, proceedings, safety and support tell the rooms below."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.involvement.models import GroupNote, Inclusion, Phase, Waiver
from families.involvement.operations.informing import CLOCK
from families.involvement.phases import PhaseFact
from families.involvement.queries import deciding, informing
from families.involvement.queries.waivers import waivers
from families.involvement.rules import deciding as rules
from families.people.models import Life, Person
from reviews.case.lifecycle import Stage
from reviews.case.models import Deadline, Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move

SHOWN = 3  # names in a sentence; the page has them all
ABOUT_PHASE = {
    Waiver.About.INFORMING: Phase.INFORMING,
    Waiver.About.ACCURACY: Phase.ACCURACY,
    Waiver.About.REPORT: Phase.REPORT,
}


def _url(review_id: Any) -> str:
    return reverse("families:involvement", args=[review_id])


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    url, name = _url(review.pk), "families:involvement"
    return [{"part": Part.FAMILY, "label": _("Taking part"), "name": name, "url": url}]


def blockers(move: Move, review: Review, by: Any) -> list[Reason]:
    """The work begins when it is decided who takes part, and they know of it (QM 4.1, 12.8)."""
    if move.target != Stage.UNDER_WAY or move.back:
        return []
    left, untold = deciding.undecided(review), informing.untold(review)
    if not by.has_perm(Permission.SEE_FAMILY, review):
        return [Reason(_("Who of the family takes part and knows of the review is not settled."))][
            : bool(left or untold)
        ]
    return [*_undecided(left, review), *_untold(untold, review)]


def _undecided(left: deciding.Undecided, review: Review) -> list[Reason]:
    found = []
    if left.people:
        words = _("Not decided yet, with a reason, whether they take part: %(people)s.")
        text = words % {"people": _names(left.people)}
        found.append(Reason(text, _url(review.pk), _("Go to taking part")))
    words = _("Nobody has looked whether there are any: %(group)s.")
    return found + [
        Reason(
            words % {"group": str(group.label).lower()},
            f"{_url(review.pk)}#missing",
            _("Add them, or record that there are none"),
        )
        for group in left.groups
    ]


def _untold(untold: informing.Untold, review: Review) -> list[Reason]:
    if untold.nobody:
        text = _("Nobody of the family has been told of the review.")
    elif untold.people:
        text = _("Invited, but not told of the review yet: %(people)s.") % {
            "people": _names(untold.people)
        }
    else:
        return []
    return [Reason(text, _url(review.pk), _("Go to taking part"))]


def _names(people: list[Person]) -> str:
    shown = ", ".join(str(person) for person in people[:SHOWN])
    more = len(people) - SHOWN
    if more <= 0:
        return shown
    words = ngettext("%(people)s and %(n)s more", "%(people)s and %(n)s more", more)
    return words % {"people": shown, "n": more}


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    url = _url(review.pk)
    return [
        Step(_("Decide who of the family takes part"), url, *_deciding(review)),
        Step(_("Tell the family of the review"), url, *_telling(review)),
    ]


def _deciding(review: Review) -> tuple[How, str]:
    left = deciding.undecided(review)
    if not left:
        return How.DONE, _("Everybody was considered, or it is waived")
    hints = []
    if n := len(left.people):
        hints.append(
            ngettext("%(n)s person not considered", "%(n)s people not considered", n) % {"n": n}
        )
    hints += [_("nobody looked for: %(who)s") % {"who": g.label.lower()} for g in left.groups]
    begun = review.inclusions.exists()
    return How.BEGUN if begun else How.TO_DO, "; ".join(hints)


def _telling(review: Review) -> tuple[How, str]:
    untold = informing.untold(review)
    if not untold:
        return How.DONE, _("Everybody who is invited knows, or it is waived")
    if untold.nobody:
        return How.TO_DO, _("Nobody has been told yet, and nobody is invited")
    n = len(untold.people)
    hint = ngettext("%(n)s person not told yet", "%(n)s people not told yet", n) % {"n": n}
    return How.BEGUN if informing.told(review) else How.TO_DO, hint


def worklist(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.KEEP_FAMILY).exclude(stage=Stage.CLOSED)
    return [*_to_look_at_again(reviews), *_to_decide(reviews)]


def _to_look_at_again(reviews: Any) -> list[Need]:
    """The day of the decision has come, or the process that it waited for is over."""
    return [
        Need(
            text=_("Look again at whether %(person)s takes part") % {"person": row.person},
            url=reverse("families:involved", args=[row.review_id, row.person_id]),
            due=_since_when(row),
            review=row.review,
            since=row.at,
        )
        for row in deciding.due(reviews, clock.today())
    ]


def _since_when(row: Inclusion) -> date | None:
    process, today = row.look_again_after, clock.today()
    over = rules.over_on(row, row.person.standings.all(), today)
    days = [row.look_again_on, process.ended_on if process else None, over]
    return min((day for day in days if day and day <= today), default=None)


def _to_decide(reviews: Any) -> list[Need]:
    """While the review is being commissioned, with the day by which the family is to know."""
    people = Person.objects.filter(review=OuterRef("pk")).exclude(life__in=[Life.DIED, Life.UNBORN])
    waived = Waiver.objects.filter(about="deciding", ended_at__isnull=True)
    excused = waived.filter(person__isnull=False).values("person")
    left = people.exclude(pk__in=Inclusion.objects.values("person")).exclude(pk__in=excused)
    asked = reviews.filter(stage=Stage.COMMISSIONING).annotate(left=Exists(left))
    open_ones = asked.filter(
        Q(left=True) | _nobody_looked(),
        ~Exists(waived.filter(review=OuterRef("pk"), person__isnull=True)),
    )
    dates = Deadline.objects.filter(key=CLOCK, met_on__isnull=True, review__in=open_ones)
    due = dict(dates.values_list("review", "due_on"))
    return [
        Need(
            text=_("Decide who of the family takes part")
            if review.left
            else _("Look for relatives who may be overlooked, or say that there are none"),
            url=_url(review.pk),
            due=due.get(review.pk),
            review=review,
            since=review.stage_since,
        )
        for review in open_ones
    ]


def _nobody_looked() -> Q:
    """A group of which nobody is on the record, and of which nobody said that there are none."""
    found = Q()
    for group, relationships in rules.GROUPS.items():
        there = Person.objects.filter(review=OuterRef("pk"), relationship__in=relationships)
        noted = GroupNote.objects.filter(review=OuterRef("pk"), group=group)
        found |= ~Exists(there) & ~Exists(noted)
    return found


def family_phases(review: Review, user: Any) -> list[PhaseFact]:
    """That the chair waived something for a person."""
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    return [
        PhaseFact(
            row.person_id,
            ABOUT_PHASE[Waiver.About(row.about)],
            _("Waived by the chair"),
            localdate(row.at),
            f"{_url(review.pk)}#waivers",
        )
        for row in waivers(review)
        if row.ended_at is None and row.person_id and row.about in ABOUT_PHASE
    ]


def hidden_events(review: Review, user: Any) -> list[Q]:
    """Pairs and reasons for those who may know them; the family for who sees its register."""
    if not user.has_perm(Permission.SEE_FAMILY, review):
        of_the_family = Q(kind__startswith="family_") | Q(kind__startswith="person_")
        return [of_the_family | Q(target_type__startswith="families.")]
    if user.has_perm(Permission.SEE_SAFETY, review):
        return []
    return [Q(kind__in=["family_apart_set", "family_apart_ended", "family_safety_reason_changed"])]
