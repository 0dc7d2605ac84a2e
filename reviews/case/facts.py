"""What dates, stages and appointments say to the markers of running a review and of its outcome.

No fact that speaks against an answer counts days up to today: it would be another one tomorrow.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Deadline, Extension, Review
from reviews.case.queries import appointed, kept_keys
from reviews.case.timetable import ExtensionReason, PauseReason
from reviews.permissions import Permission, Role
from scr_portal.core import clock
from scr_portal.core.dates import on_screen


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker not in SPOKEN or not user.has_perm(Permission.READ_PLAN, review):
        return []
    return list(SPOKEN[marker](review, user))


# --- 7.4: whom a conflict of interest keeps away --------------------------------------------------


def _kept_away(review: Review, user: Any) -> Iterable[Evidence]:
    """For who may know of recusals alone."""
    if not user.has_perm(Permission.APPOINT, review):
        return
    n = review.recusals.active().count()
    text = _("Nobody is kept from the review for a conflict of interest")
    if n:
        text = ngettext(
            "%(n)s person is kept from the review for a conflict of interest",
            "%(n)s people are kept from the review for a conflict of interest",
            n,
        ) % {"n": n}
    yield Evidence("7.4", text, reverse("reviews:people", args=[review.pk]))


# --- 8.3 to 8.6: the dates ------------------------------------------------------------------------


def _dates(review: Review, user: Any) -> Iterable[Evidence]:
    url = reverse("reviews:dates", args=[review.pk])
    rows = list(review.deadlines.exclude(key__in=kept_keys()))
    moved = list(review.extensions.all())
    pauses = list(review.pauses.all())
    yield from _in_time(rows, review, url)
    yield from _told_of_delay(rows, moved, pauses, review, url)
    reasons = {str(ExtensionReason(row.kind).label) for row in moved}
    reasons |= {str(PauseReason(row.kind).label) for row in pauses}
    text = _("No date was moved and nothing paused the work")
    if reasons:
        text = _("Why dates were moved or the work paused: %(why)s")
    yield Evidence("8.5", text % {"why": "; ".join(sorted(reasons))}, url)
    yield _slack(rows, url)


def _over(row: Deadline, review: Review) -> bool:
    """An open pause carries what is due, and nothing is late meanwhile."""
    return row.met_on is None and row.due_on < clock.today() and review.pause is None


def _in_time(rows: list[Deadline], review: Review, url: str) -> Iterable[Evidence]:
    if not rows:
        yield Evidence("8.3", _("No date is set"), url)
    for row in rows:
        late = row.met_on is not None and row.met_on > row.due_on
        words = _("%(what)s: due on %(due)s")
        if row.met_on:
            words = _("%(what)s: due on %(due)s, done on %(met)s")
        elif _over(row, review):
            late, words = True, _("%(what)s: was due on %(due)s, and is not done")
        said = {"what": row.label, "due": on_screen(row.due_on)}
        said["met"] = on_screen(row.met_on) if row.met_on else ""
        yield Evidence("8.3", words % said, url, row.met_on or row.due_on, contradicts=late)


def _told_of_delay(
    rows: list[Deadline], moved: list[Extension], pauses: list[Any], review: Review, url: str
) -> Iterable[Evidence]:
    labels = {row.key: row.label for row in rows}
    for row in moved:
        words = _("%(what)s: %(due)s was asked for, because of: %(why)s (%(state)s)")
        said = {
            "what": labels.get(row.key, row.key),
            "due": on_screen(row.due_on),
            "why": ExtensionReason(row.kind).label,
            "state": str(row.get_state_display()).lower(),
        }
        yield Evidence("8.4", words % said, url, localdate(row.at))
    for row in pauses:
        words = _("The work was paused, because of: %(why)s")
        yield Evidence("8.4", words % {"why": PauseReason(row.kind).label}, url, row.started_on)
    asked = {row.key for row in moved}
    silent = [row for row in rows if _over(row, review) and row.key not in asked]
    words = _("%(what)s: was due on %(due)s, and no later date was asked for")
    for late in silent:
        said = {"what": late.label, "due": on_screen(late.due_on)}
        yield Evidence("8.4", words % said, url, late.due_on, contradicts=True)
    if not (moved or pauses or silent):
        yield Evidence("8.4", _("No delay is on the record"), url)


def _slack(rows: list[Deadline], url: str) -> Evidence:
    later = sum(row.due_on > row.limit_on for row in rows)
    if not rows:
        return Evidence("8.6", _("No date is set"), url)
    text = _("%(later)s of %(all)s dates lie later than the timetable alone would have them")
    return Evidence("8.6", text % {"later": later, "all": len(rows)}, url)


# --- 10.4: access -----------------------------------------------------------------------------


def _access(review: Review, user: Any) -> Iterable[Evidence]:
    url = review.get_absolute_url()
    leads = {person.pk for person in appointed(review, Role.LEAD)}
    rows = review.appointments.active().filter(role=Role.LEAD, user__in=leads)
    words = _("%(who)s reads the record as lead reviewer")
    found = [
        Evidence("10.4", words % {"who": row.user}, url, row.starts)
        for row in rows.select_related("user")
    ]
    nothing = _("No lead reviewer has been given access to the record")
    return found or [Evidence("10.4", nothing, url, contradicts=True)]


# --- 15.3, 16.1 and 17.1: time at the end ---------------------------------------------------------


def _reached(review: Review, stage: Stage) -> date | None:
    """The last time."""
    change = review.stagechanges.filter(target=stage).last()
    return localdate(change.at) if change else None


def _time_to_talk(review: Review, user: Any) -> Iterable[Evidence]:
    url = review.get_absolute_url()
    complete, signed = _reached(review, Stage.RESPONDING), _reached(review, Stage.PUBLICATION)
    if complete is None:
        yield Evidence("15.3", _("No report is signed off yet"), url)
    elif signed is None or signed < complete:
        text = _("The report is signed off, and the board's response is not signed yet")
        yield Evidence("15.3", text, url, complete)
    else:
        days = (signed - complete).days
        text = ngettext(
            "The board's response was signed %(n)s day after the report was signed off",
            "The board's response was signed %(n)s days after the report was signed off",
            days,
        )
        yield Evidence("15.3", text % {"n": days}, url, signed, contradicts=days == 0)


def _time_to_respond(review: Review, user: Any) -> Iterable[Evidence]:
    url, planned = reverse("reviews:dates", args=[review.pk]), review.publication_planned_on
    if planned is None:
        text = _("No day is planned for publication, before which the response would be written")
        return [Evidence("16.1", text, url, contradicts=True)]
    text, complete = _("Publication is planned for %(planned)s"), review.completed_on
    said = {"planned": on_screen(planned), "complete": on_screen(complete) if complete else ""}
    if complete:
        text = _("The report was complete on %(complete)s; publication is planned for %(planned)s")
    no_time = complete is not None and planned <= complete
    return [Evidence("16.1", text % said, url, planned, contradicts=no_time)]


def _publication(review: Review, user: Any) -> Iterable[Evidence]:
    url, planned = reverse("reviews:dates", args=[review.pk]), review.publication_planned_on
    complete, published = review.completed_on, review.published_on
    if published and complete and complete <= published:
        text = _("Published %(n)s days after the report was complete")
        return [Evidence("17.1", text % {"n": (published - complete).days}, url, published)]
    if published:
        return [Evidence("17.1", _("The report is published"), url, published)]
    if planned is None:
        nothing = _("No day is planned for publication")
        return [Evidence("17.1", nothing, url, contradicts=complete is not None)]
    text, past = _("Publication is planned"), planned < clock.today()
    if past:
        text = _("The planned day of publication has passed, and the report is not published")
    return [Evidence("17.1", text, url, planned, contradicts=past)]


SPOKEN: dict[int, Callable[[Review, Any], Iterable[Evidence]]] = {
    7: _kept_away,
    8: _dates,
    10: _access,
    15: _time_to_talk,
    16: _time_to_respond,
    17: _publication,
}
