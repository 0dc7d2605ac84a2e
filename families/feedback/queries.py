from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from families.contributions.models import Contribution, Use
from families.feedback.models import Evaluation, Told
from families.involvement.models import (
    Answer,
    Contact,
    ContactPerson,
    Inclusion,
    Phase,
    Refusal,
    Waiver,
)
from families.involvement.queries import deciding
from families.involvement.queries.waivers import waived
from families.people.models import Life, Person
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core import clock

About = Told.About
Choice = Inclusion.Choice


@dataclass
class Row:
    """One person: what they were told of, newest first, and their evaluations."""

    person: Person
    inclusion: Inclusion | None = None
    # Since they said no: from this day on nobody asks without a reason.
    not_asked_from: date | None = None
    told: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    # What became of their words, where it was kept with the words themselves.
    uses: list[Use] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)

    @property
    def is_invited(self) -> bool:
        return self.inclusion is not None and self.inclusion.choice == Choice.INVITED

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Of who takes no part, what they were told alone: the rest is no gap."""
        found = [
            {
                "about": about,
                "label": about.label,
                "tellings": self.told.get(about, []),
                "uses": self.uses if about == About.THEIR_WORDS else [],
            }
            for about in About
        ]
        return [line for line in found if self.is_owed or line["tellings"] or line["uses"]]

    @property
    def is_owed(self) -> bool:
        return self.inclusion is None or self.is_invited

    @property
    def evaluation(self) -> Evaluation | None:
        """The last that they were asked for."""
        return self.evaluations[0] if self.evaluations else None

    @property
    def may_be_asked(self) -> bool:
        if self.not_asked_from and self.not_asked_from <= clock.today():
            return False
        if not self.is_owed:
            return False
        return self.evaluation is None or self.evaluation.state in {"withdrawn", "expired", "paper"}


def people_of(review: Review) -> QuerySet[Person]:
    """Those who can be told something."""
    return Person.objects.filter(review=review).exclude(life__in=[Life.DIED, Life.UNBORN])


def declined(review: Review) -> dict[int, date]:
    """By person who said no: from when nobody asks them without a reason."""
    open_now = Refusal.objects.filter(review=review, ended_on__isnull=True)
    return dict(open_now.values_list("person", "not_asked_from"))


def afterwards(review: Review, user: Any) -> list[Row]:
    """Invited people first; a fixed number of statements, however many people there are."""
    decided, no = deciding.newest(review), declined(review)
    rows = {
        person.pk: Row(person, decided.get(person.pk), no.get(person.pk))
        for person in people_of(review)
    }
    for telling in tellings(review, user):
        if telling.person_id in rows:
            rows[telling.person_id].told[telling.about].append(telling)
    for use in told_uses(review, user):
        if use.contribution.person_id in rows:
            rows[use.contribution.person_id].uses.append(use)
    asked = Evaluation.objects.filter(review=review).order_by("-at", "-pk")
    for evaluation in asked.select_related("link", "written_down_by", "by"):
        if evaluation.person_id in rows:
            rows[evaluation.person_id].evaluations.append(evaluation)
    return sorted(rows.values(), key=lambda row: not row.is_invited or bool(row.not_asked_from))


def tellings(review: Review, user: Any) -> list[Told]:
    """Each with ``is_open``: whether its words are for this reader.

    What repeats somebody's words is for who reads those, and for who recorded it; the same text
    may stand under other matters of the same occasion.
    """
    rows = list(Told.objects.filter(review=review).select_related("by"))
    close = {row.text for row in rows if row.about == About.THEIR_WORDS}
    reads = user.has_perm(Permission.READ_CONTRIBUTIONS, review)
    for row in rows:
        row.is_open = reads or row.by_id == user.pk or row.text not in close  # type: ignore[attr-defined]
    return rows


def told_uses(review: Review, user: Any) -> QuerySet[Use]:
    """What became of words that this reader may read, where the person was told of it."""
    mine = Contribution.objects.readable(user, review)
    rows = Use.objects.filter(contribution__in=mine, person_told_on__isnull=False)
    return rows.select_related("contribution").order_by("-person_told_on", "-pk")


def tellings_of(people: Iterable[Person], *about: str) -> QuerySet[Told]:
    return Told.objects.filter(person__in=people, about__in=about or About.values)


def invited(review: Review) -> list[Person]:
    """Whose newest decision invites them, who have not said no, and who can still be told."""
    found = set(deciding.invited(review)) - set(declined(review))
    return list(people_of(review).filter(pk__in=found).order_by("pk"))


def saw_the_report(review: Review) -> set[int | None]:
    """Or were offered it, before it was published: by a telling or by a contact about it.

    Whoever did not answer was offered nothing.
    """
    told = Told.objects.filter(review=review, about=About.REPORT)
    offered = ContactPerson.objects.filter(
        review=review, contact__phase=Phase.REPORT, contact__state=Contact.State.MADE
    ).exclude(answer=Answer.NO_ANSWER)
    if review.published_on:
        told = told.filter(on__lte=review.published_on)
        offered = offered.filter(contact__on__lte=review.published_on)
    return {*told.values_list("person", flat=True), *offered.values_list("person", flat=True)}


def not_shown(review: Review) -> list[Person]:
    """Invited people who stand against publication; those for whom it is waived do not."""
    done = saw_the_report(review) | waived(review, Waiver.About.REPORT)
    return [] if None in done else [each for each in invited(review) if each.pk not in done]


def still_owed(reviews: QuerySet[Review], missing: QuerySet[Any]) -> QuerySet[Review]:
    """Reviews with somebody who is invited and of whom ``missing``, asked by person, has no row."""
    decisions = Inclusion.objects.filter(person=OuterRef("pk")).order_by("-at", "-pk")
    no = Refusal.objects.filter(person=OuterRef("pk"), ended_on__isnull=True)
    owed = (
        Person.objects.filter(~Q(life__in=[Life.DIED, Life.UNBORN]), review=OuterRef("pk"))
        .annotate(choice=decisions.values("choice")[:1])
        .filter(~Exists(no), ~Exists(missing.filter(person=OuterRef("pk"))), choice=Choice.INVITED)
    )
    return reviews.filter(Exists(owed))


def evaluation_of(pk: int, review: Review, user: Any) -> Evaluation | None:
    rows = Evaluation.objects.readable(user, review).filter(pk=pk)
    return rows.select_related("person", "link", "written_down_by", "by").first()
