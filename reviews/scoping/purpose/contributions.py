"""What this room tells the rooms below it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.permissions import Permission
from reviews.scoping.purpose import queries, rules
from reviews.scoping.purpose.models import Group, PurposeStatement
from reviews.scoping.purpose.rules import Standing
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move


def blockers(move: Move, review: Review, by: Any) -> list[Reason]:
    """The work begins when its purpose is agreed and told, or it is said why not (QM 5.1)."""
    if move.target != Stage.UNDER_WAY or move.back:
        return []
    url = reverse("reviews:purpose", args=[review.pk])
    found = []
    if queries.agreed(review) is None:
        text = _("The chair has not agreed to a statement of purpose.")
        found.append(Reason(text, url, _("Go to the purpose")))
    words = _("Not told yet what the review is for: %(group)s.")
    return found + [
        Reason(
            words % {"group": row.group.label},
            f"{url}#group-{row.group}",
            _("Record it, or say why not"),
        )
        for row in queries.standings(review)
        if row.is_open
    ]


def rooms(review: Review, user: Any) -> list[dict[str, str]]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    url = reverse("reviews:purpose", args=[review.pk])
    return [{"part": Part.SCOPE, "label": _("Purpose"), "name": "reviews:purpose", "url": url}]


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    url = reverse("reviews:purpose", args=[review.pk])
    agreed = queries.agreed(review)
    waiting = sum(row.is_open for row in queries.standings(review))
    if agreed is None:
        begun = queries.in_work(review) is not None
        how, hint = How.BEGUN if begun else How.TO_DO, _("The chair has not agreed to it yet")
    elif waiting:
        words = ngettext(
            "Agreed; %(n)s group is not told yet", "Agreed; %(n)s groups are not told yet", waiting
        )
        how, hint = How.BEGUN, words % {"n": waiting}
    else:
        how, hint = How.DONE, _("Agreed, and everybody told or waived")
    return [Step(_("Agree the purpose, and tell people of it"), url, how, hint)]


def worklist(user: Any) -> list[Need]:
    return [*_to_agree(user), *_to_write_or_tell(user)]


def _to_agree(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.SIGN)
    rows = PurposeStatement.objects.filter(review__in=reviews, agreed_at__isnull=True)
    return [
        Need(
            text=_("Agree to the statement of purpose"),
            url=reverse("reviews:purpose", args=[row.review_id]),
            review=row.review,
            since=row.written_at,
        )
        for row in rows.exclude(writers=user).select_related("review")
        if not rules.missing(row)
    ]


def _to_write_or_tell(user: Any) -> list[Need]:
    """While the review is being commissioned; later the ledger is kept without being reminded."""
    statements = PurposeStatement.objects.filter(review=OuterRef("pk"))
    reviews = (
        Review.objects.visible_to(user, Permission.WRITE_SCOPE)
        .filter(stage=Stage.COMMISSIONING)
        .annotate(
            begun=Exists(statements),
            is_agreed=Exists(statements.filter(agreed_at__isnull=False)),
        )
    )
    settled = queries.settled_groups(reviews)
    found = []
    for review in reviews:
        if not review.begun:
            text = _("Write the statement of purpose")
        elif review.is_agreed and set(Group.values) - settled.get(review.pk, set()):
            text = _("Tell people what the review is for")
        else:
            continue
        url = reverse("reviews:purpose", args=[review.pk])
        found.append(Need(text=text, url=url, review=review, since=review.stage_since))
    return found


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    """Who was told (5.1, and of practitioners 11.2), and what they were told (5.2, 5.3, 11.1)."""
    if marker not in (5, 11) or not user.has_perm(Permission.READ_SCOPE, review):
        return []
    url = reverse("reviews:purpose", args=[review.pk])
    standings = queries.standings(review)
    if marker == 11:
        theirs = [row for row in standings if row.group == Group.PRACTITIONERS]
        return [_what_for(review, url), *_who_was_told(theirs, url, "11.2")]
    return [*_who_was_told(standings, url, "5.1"), *_how_it_is_said(review, url)]


def _who_was_told(rows: Iterable[Standing], url: str, question: str) -> list[Evidence]:
    words = _("%(group)s: %(how)s")
    return [
        Evidence(
            question,
            words % {"group": row.group.label, "how": row.words},
            url,
            row.telling.told_on if row.telling else None,
            contradicts=row.is_open,
        )
        for row in rows
    ]


def _what_for(review: Review, url: str) -> Evidence:
    agreed = queries.agreed(review)
    if agreed is None:
        nothing = _("No record of what practitioners are to be told that the review is for")
        return Evidence("11.1", nothing, url, contradicts=True)
    text = _("What the review is for, which practitioners are told, was agreed by the chair")
    return Evidence("11.1", text, url, rules.agreed_on(agreed))


def _how_it_is_said(review: Review, url: str) -> list[Evidence]:
    agreed = queries.agreed(review)
    if agreed is None:
        nothing = _("No record of a statement of purpose that the chair has agreed to")
        return [Evidence(each, nothing, url, contradicts=True) for each in ("5.2", "5.3")]
    on = rules.agreed_on(agreed)
    said = {"number": agreed.number, "day": on_screen(on)}
    purpose = _("Statement of purpose, version %(number)s, agreed by the chair on %(day)s") % said
    if agreed.no_complications:
        harder = _("Version %(number)s says that nothing is known that complicates the purpose")
    else:
        harder = _("Version %(number)s says openly what complicates the purpose")
    return [Evidence("5.2", purpose, url, on), Evidence("5.3", harder % said, url, on)]
