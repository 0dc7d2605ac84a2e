"""Everything here begins at ``Contribution.objects.readable``; nothing is counted around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from families.contributions.models import (
    Contradiction,
    Contribution,
    ContributionQuerySet,
    Keepsake,
    Use,
)
from families.contributions.rules import UNCHECKED, Became, Where
from families.involvement.models import Waiver
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.documents.models import Document
from reviews.permissions import Permission
from scr_portal.accounts.models import User


def may_enter(user: Any, review: Review) -> bool:
    """Whoever works with contributions, and whoever may read at least one."""
    works = (Permission.READ_CONTRIBUTIONS, Permission.KEEP_CONTRIBUTIONS)
    if any(user.has_perm(each, review) for each in works):
        return True
    return Contribution.objects.readable(user, review).exists()


def readable(user: Any, review: Review) -> Any:
    """For who may enter; Http404 for everybody else, as for a page that there is not."""
    if not may_enter(user, review):
        raise Http404
    return Contribution.objects.readable(user, review).select_related("person", "author")


def with_what_became(rows: ContributionQuerySet) -> Any:
    """Each with ``settled`` (something is on record) and ``used``."""
    uses = Use.objects.filter(contribution=OuterRef("pk"))
    return rows.annotate(
        settled=Exists(uses), used=Exists(uses.exclude(where=Where.NOT_USED.value))
    )


def that_became(rows: ContributionQuerySet, became: str) -> Any:
    """Of ``with_what_became``."""
    asked = {
        Became.USED: Q(used=True),
        Became.NOT_USED: Q(settled=True, used=False),
        Became.NOTHING: Q(settled=False),
    }
    return rows.filter(asked[Became(became)])


@dataclass(frozen=True)
class Account:
    """One of two accounts that differ, as it stands beside the other."""

    row: Contradiction
    other: Contribution | None

    @property
    def text(self) -> str:
        return self.other.text if self.other else self.row.account


def accounts(user: Any, contribution: Contribution) -> list[Account]:
    """What stands beside it, on whichever of the two it was written down.

    An account by a family member is there for who may read that one too.
    """
    return accounts_of(user, contribution.review, [contribution])[contribution.pk]


def accounts_of(
    user: Any, review: Review, contributions: Iterable[Contribution]
) -> dict[int, list[Account]]:
    """The same by the key of each, in one statement."""
    found: dict[int, list[Account]] = {each.pk: [] for each in contributions}
    door = Contribution.objects.readable(user, review).values("pk")
    here, there = Q(contribution__in=found), Q(other__in=found, contribution__in=door)
    rows = (
        Contradiction.objects.filter(here | there)
        .filter(Q(other__isnull=True) | Q(other__in=door))
        .select_related("contribution__person", "other__person")
        .order_by("pk")
    )
    for row in rows:
        if row.contribution_id in found:
            found[row.contribution_id].append(Account(row, row.other))
        if row.other_id in found:
            found[row.other_id].append(Account(row, row.contribution))
    return found


def unchecked(rows: Any) -> Any:
    """Of these, those that wait for the person's own check, if the chair has not waived it."""
    waivers = Waiver.objects.filter(
        Q(person=None) | Q(person=OuterRef("person")),
        review=OuterRef("review"),
        about=Waiver.About.ACCURACY,
        ended_at=None,
    )
    return rows.filter(~Exists(waivers), check_state=UNCHECKED)


def may_be_named(contribution: Contribution | None, review: Review, by: Any) -> QuerySet[User]:
    """Who may see the review, and neither wrote this down nor is named already."""
    here = {person.pk for person in people_with(review, Permission.VIEW)}
    here -= {contribution.author_id if contribution else by.pk}
    if contribution:
        named = contribution.readers.filter(ended_at__isnull=True)
        here -= set(named.values_list("user", flat=True))
    return User.objects.filter(pk__in=here).order_by("name", "pk")


def keepsakes(user: Any, review: Review) -> QuerySet[Keepsake]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        raise Http404
    return Keepsake.objects.filter(review=review).select_related("person", "by")


def files_of(user: Any, review: Review, rows: Iterable[Keepsake]) -> dict[int, list[Document]]:
    """What this person may read of them, by keepsake; one statement for all."""
    found: dict[int, list[Document]] = {row.pk: [] for row in rows}
    documents = Document.objects.readable(user, review).in_use()
    about = documents.filter(
        about_type=Keepsake._meta.label_lower, about_id__in=[str(pk) for pk in found]
    )
    for document in about:
        found[int(document.about_id)].append(document)
    return found


def register(user: Any, review: Review) -> QuerySet[Person]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return Person.objects.none()
    return Person.objects.filter(review=review)
