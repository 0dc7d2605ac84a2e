from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.case.lifecycle import WAITS_FOR, Stage
from reviews.case.listing import SORTS, Listing, Wanted
from reviews.case.models import Review
from reviews.case.needs import Need, in_order
from reviews.case.queries import boards_to_refer_to, closures_of, with_next_date
from reviews.permissions import Role
from scr_portal.accounts.access import signed_in
from scr_portal.accounts.models import BoardRole
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.dates import days_in_words, on_screen

ON_HOME = 10


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What needs this person, then their reviews by the next date."""
    needs = in_order(collect("worklist", request.user))
    mine = with_next_date(Review.objects.visible_to(request.user)).exclude(stage=Stage.CLOSED)
    rows = list(mine.select_related("board").order_by("next_due", "reference")[: ON_HOME + 1])
    boards = {review.board_id for review in rows} | {n.review.board_id for n in needs if n.review}
    closures = closures_of(boards)
    asked_about = {need.review.pk for need in needs if need.review}
    seen = set(
        Review.objects.visible_to(request.user)
        .filter(pk__in=asked_about)
        .values_list("pk", flat=True)
    )
    context = {
        "needs": [_need_row(need, closures, seen) for need in needs],
        "rows": _rows(rows[:ON_HOME], closures),
        "columns": _columns(),
        "more": len(rows) > ON_HOME,
        "boards": boards_to_refer_to(user=request.user),
    }
    if not rows:
        context |= {"welcome": _welcome(request.user)}
    return render(request, "reviews/case/home.html", context)


def _need_row(
    need: Need, closures: dict[int, frozenset[date]], seen: Collection[Any]
) -> dict[str, Any]:
    """Who is asked about a review that they do not see is told its reference alone."""
    review = need.review
    note = review.reference if review else ""
    if review and review.pk in seen:
        note = f"{review.reference}, {review.pseudonym}"
    if need.holder:
        note += " · " if note else ""
        note += _("with: %(who)s") % {"who": need.holder}
    when = ""
    if need.due:
        when = _words(need.due, review, closures)
    elif need.since:
        when = _("since %(day)s") % {"day": on_screen(localdate(need.since))}
    over = bool(need.due and need.due < clock.today())
    return {
        "text": need.text,
        "url": need.url,
        "note": note,
        "due": need.due,
        "when": when,
        "over": over,
    }


def _words(due: date, review: Any, closures: dict[int, frozenset[date]]) -> str:
    off = closures.get(review.board_id, frozenset()) if review else frozenset()
    return days_in_words(due, clock.today(), off)


def _columns() -> list[str]:
    return [_("Review"), _("Stage"), _("Waits for"), _("Next date")]


def _rows(reviews: Iterable[Any], closures: dict[int, frozenset[date]]) -> list[list[Any]]:
    return [_row(review, closures) for review in reviews]


def _row(review: Any, closures: dict[int, frozenset[date]]) -> list[Any]:
    return [
        {"text": review.reference, "url": review.get_absolute_url(), "note": review.pseudonym},
        {"text": str(Stage(review.stage).label), "note": _since(review)},
        _holder(review),
        _next_date(review, closures),
    ]


def _since(review: Any) -> str:
    return _("since %(day)s") % {"day": on_screen(localdate(review.stage_since))}


def _holder(review: Any) -> Any:
    if review.is_paused:
        return {"tag": _("Paused"), "colour": "yellow"}
    role = WAITS_FOR.get(Stage(review.stage))
    return str(Role(role).label) if role else _("Nobody")


def _next_date(review: Any, closures: dict[int, frozenset[date]]) -> Any:
    if review.next_due is None:
        return _("None set")
    return {
        "text": f"{review.next_label}, {on_screen(review.next_due)}",
        "note": _words(review.next_due, review, closures),
    }


def _welcome(user: Any) -> dict[str, Any]:
    """An empty page says what this kind of person does first."""
    roles = list(BoardRole.objects.active().filter(user=user).select_related("board"))
    names = {row.role for row in roles}
    if Role.UNIT in names:
        return {
            "title": _("No review is open"),
            "text": _("When a case comes to the board, open its referral. It appears here."),
        }
    if names & {Role.CHAIR, Role.AUDITOR}:
        return {
            "title": _("No review is open"),
            "text": _("Reviews of your board appear here as soon as a referral is opened."),
        }
    if Role.MEMBER in names:
        return {
            "title": _("Nothing is waiting for you"),
            "text": _(
                "Briefings on the decisions of your board, and what you are asked, appear here. "
                "What you have read stays with the briefings."
            ),
            "url": reverse("reviews:briefings"),
            "link_text": _("See the briefings"),
        }
    if user.is_superuser:
        return {
            "title": _("You look after accounts"),
            "text": _("System administrators invite people and open no review."),
            "url": reverse("accounts:boards"),
            "link_text": _("Choose a board"),
        }
    return {
        "title": _("You have no part in a review at present"),
        "text": _(
            "Ask the business unit of your board, or the person who invited you, to appoint you. "
            "If you expected to see a review here, your role on it may have ended."
        ),
    }


@signed_in
def reviews(request: HttpRequest) -> HttpResponse:
    wanted = Wanted.from_query(request.GET)
    listing = Listing(request.user, wanted)
    page = listing.page(request.GET.get("page"))
    closures = closures_of(review.board_id for review in page)
    context = {
        "wanted": wanted,
        "listing": listing,
        "page": page,
        "columns": [*_columns(), _("Referred")],
        "rows": [[*_row(row, closures), on_screen(row.referred_on)] for row in page],
        "sorts": [
            {"value": name, "label": label, "selected": name == wanted.sort}
            for name, (label, _order) in SORTS.items()
        ],
        "boards": boards_to_refer_to(user=request.user),
    }
    return render(request, "reviews/case/list.html", context)
