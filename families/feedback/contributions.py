"""What this room tells the rooms below it."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from families.feedback import queries, rules
from families.feedback.models import Evaluation, Told
from families.involvement.models import Phase
from families.involvement.phases import PhaseFact
from families.people.models import Person
from families.people.panels import Panel
from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.permissions import Permission
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move
from scr_portal.guests.models import GuestLink, Purpose

About = Told.About
PHASES = {
    About.THEIR_WORDS: Phase.LEARNING,
    About.REPORT: Phase.REPORT,
    About.LEARNING: Phase.LEARNING,
    About.ACTION: Phase.LEARNING,
}


def _page(review_id: Any) -> str:
    return reverse("families:feedback", args=[review_id])


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    return [
        {
            "part": Part.FAMILY,
            "label": _("Afterwards"),
            "name": "families:feedback",
            "url": _page(review.pk),
        }
    ]


def blockers(move: Move, review: Review, by: Any) -> list[Reason]:
    """Whoever is invited reads the report before the world does, or knows that they may."""
    if move.source != Stage.PUBLICATION or move.target != Stage.IMPLEMENTING:
        return []
    missing = queries.not_shown(review)
    if missing and not by.has_perm(Permission.SEE_FAMILY, review):
        return [Reason(_("Not everybody who is to see the report before it is published has."))]
    words = _("%(person)s has not seen the report, and was not offered to.")
    return [Reason(words % {"person": each}, *_way(each, review, by)) for each in missing]


def _way(person: Person, review: Review, by: Any) -> tuple[str, str]:
    """Where this reader can put it right, and what that is called."""
    if by.has_perm(Permission.KEEP_FAMILY, review):
        url = reverse("families:feedback_tell", args=[review.pk])
        return f"{url}?person={person.pk}&about={About.REPORT}", _("Record it")
    if by.has_perm(Permission.SIGN, review):
        return reverse("families:family_waive", args=[review.pk, "report"]), _("Say why not")
    return _page(review.pk), _("See what they were told")


def worklist(user: Any) -> list[Need]:
    """From publication to closure: who is still to be told, and who is still to be asked."""
    reviews = Review.objects.visible_to(user, Permission.KEEP_FAMILY).filter(
        stage=Stage.IMPLEMENTING
    )
    learning = Told.objects.filter(about=About.LEARNING)
    untold = [
        Need(
            text=_("Tell the family what was learned"),
            url=_page(review.pk),
            due=review.published_on + rules.TOLD_WITHIN if review.published_on else None,
            review=review,
            since=review.stage_since,
        )
        for review in queries.still_owed(reviews, learning)
    ]
    unasked = [
        Need(
            text=_("Ask the family how it was to take part"),
            url=_page(review.pk),
            review=review,
            since=review.stage_since,
        )
        for review in queries.still_owed(reviews, Evaluation.objects.all())
    ]
    return untold + unasked


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    """Whether the family could speak to the report before it was complete (QM 12.9).

    That they have it before the world does is asked of its publication (QM 17.3).
    """
    if marker not in (12, 17) or not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    url, question = _page(review.pk), "12.9" if marker == 12 else "17.3"
    invited = queries.invited(review)
    saw = queries.saw_the_report(review)
    shown = [person for person in invited if person.pk in saw]
    # Before the report is complete there was nothing to be shown.
    at_odds = review.completed_on is not None and bool(queries.not_shown(review))
    text = _("%(n)s of %(of)s invited people saw the report before publication, or were offered to")
    if not shown:
        text = _("No record that the family saw the report before publication, or was offered to")
    said = {"n": len(shown), "of": len(invited)}
    return [
        Evidence(question, text % said, url, contradicts=at_odds),
        *(_said(review, url) if marker == 12 and shown else []),
    ]


def _said(review: Review, url: str) -> list[Evidence]:
    rows = Told.objects.filter(review=review, about=About.REPORT).select_related("person")
    words = _("%(person)s was told of the report, and what they said to it is on the record")
    return [
        Evidence("12.9", words % {"person": row.person}, url, row.on)
        for row in rows
        if row.response
    ]


def about_person(person: Person, user: Any) -> list[Panel]:
    if not user.has_perm(Permission.SEE_FAMILY, person.review):
        return []
    told = _("Told on %(day)s, %(how)s: %(about)s")
    lines = [
        told % {"day": on_screen(row.on), "how": row.how, "about": row.get_about_display()}
        for row in queries.tellings_of([person])
    ]
    asked = Evaluation.objects.readable(user, person.review).filter(person=person)
    lines += [_evaluated(row) for row in asked.select_related("link")]
    nothing = _("They were told nothing yet of the report or of what was learned.")
    return [Panel(_("Afterwards"), _page(person.review_id), lines, nothing)]


def _evaluated(row: Evaluation) -> str:
    if row.answered_at:
        return _("Said on %(day)s how it was to take part") % {
            "day": on_screen(localdate(row.answered_at))
        }
    return _("Asked on %(day)s how it was to take part") % {"day": on_screen(row.asked_on)}


def family_phases(review: Review, user: Any) -> list[PhaseFact]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    url = _page(review.pk)
    told = [
        PhaseFact(
            row.person_id, PHASES[About(row.about)], str(row.get_about_display()), row.on, url
        )
        for row in Told.objects.filter(review=review)
    ]
    answered = Evaluation.objects.readable(user, review).filter(answered_at__isnull=False)
    said = _("Said how it was to take part")
    return told + [
        PhaseFact(row.person_id, Phase.LEARNING, said, localdate(row.answered_at), url)
        for row in answered
        if row.answered_at
    ]


def guest_pages(link: GuestLink) -> list[str]:
    if link.purpose != Purpose.EVALUATION:
        return []
    return [reverse("families:guest_evaluation", args=[link.token])]


def hidden_events(review: Review, user: Any) -> list[Q]:
    """That a family member has a link is for those alone who see the family."""
    if user.has_perm(Permission.SEE_FAMILY, review):
        return []
    links = GuestLink.objects.filter(review_id=review.pk, purpose=Purpose.EVALUATION)
    theirs = [str(pk) for pk in links.values_list("pk", flat=True)]
    return [
        Q(kind__startswith="family_told_"),
        Q(kind__startswith="family_evaluation_"),
        Q(target_type="guests.guestlink", target_id__in=theirs),
    ]
