"""What this room tells the rooms below it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.permissions import Permission
from reviews.scoping.governance.models import AssuranceStep, Responsibility
from reviews.scoping.governance.queries import Arrangements
from scr_portal.core import clock
from scr_portal.core.dates import on_screen


def _page(review_id: Any) -> str:
    return reverse("reviews:governance", args=[review_id])


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    url = _page(review.pk)
    return [
        {"label": _("Governance"), "name": "reviews:governance", "url": url, "part": Part.SCOPE}
    ]


def worklist(user: Any) -> list[Need]:
    writes = Review.objects.visible_to(user, Permission.WRITE_SCOPE).exclude(stage=Stage.CLOSED)
    unsaid = writes.filter(stage=Stage.COMMISSIONING, responsibilitys__isnull=True)
    to_name = [
        Need(
            text=_("Say who conducts, assures, challenges and signs"),
            url=_page(review.pk),
            review=review,
            since=review.stage_since,
        )
        for review in unsaid
    ]
    wanted = AssuranceStep.objects.filter(
        review__in=writes, done_on__isnull=True, planned_on__lte=clock.today()
    )
    return to_name + [
        Need(
            text=_("Step of the assurance: %(step)s") % {"step": row.what},
            url=f"{_page(row.review_id)}#route",
            due=row.planned_on,
            review=row.review,
            holder=row.who,
        )
        for row in wanted.select_related("review")
    ]


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker not in (7, 8, 13) or not user.has_perm(Permission.READ_SCOPE, review):
        return []
    found, url = Arrangements(review), _page(review.pk)
    if marker == 8:
        return _late_steps(found, url)
    if marker == 13:
        return [_challenger(found, url)]
    return [
        *_of_people(found, url),
        *_of_the_route(found, url),
        *_of_texts(found, url),
        *_of_impasses(found, url),
    ]


def _of_people(found: Arrangements, url: str) -> Iterable[Evidence]:
    """Who answers for what (7.1), and whoever stands on both sides (7.4)."""
    for label, rows in found.by_duty:
        names = ", ".join(row.name for row in rows) or _("nobody is named")
        yield Evidence(
            "7.1",
            _("%(what)s: %(who)s") % {"what": label, "who": names},
            url,
            max((localdate(row.at) for row in rows), default=None),
            contradicts=not rows,
        )
    for finding in found.both_sides:
        yield Evidence("7.4", finding.text, url, contradicts=True)


def _challenger(found: Arrangements, url: str) -> Evidence:
    """13.11: with whom whoever leads the review can talk the analysis over."""
    rows = [row for row in found.responsibilities if row.duty == Responsibility.Duty.CHALLENGES]
    if not rows:
        nothing = _("Nobody is named who challenges information and analysis")
        return Evidence("13.11", nothing, url, contradicts=True)
    text = _("Information and analysis are challenged by %(who)s")
    names = ", ".join(row.name for row in rows)
    return Evidence("13.11", text % {"who": names}, url, max(localdate(row.at) for row in rows))


def _late_steps(found: Arrangements, url: str) -> list[Evidence]:
    """8.3: what the route planned, and is not done."""
    today = clock.today()
    words = _("Step of the assurance, planned for %(day)s and not done: %(step)s")
    late = [
        Evidence(
            "8.3",
            words % {"day": on_screen(row.planned_on), "step": row.what},
            f"{url}#route",
            row.planned_on,
            contradicts=True,
        )
        for row in found.steps
        if row.planned_on and row.done_on is None and row.planned_on < today
    ]
    return late or [Evidence("8.3", _("No step of the assurance is late"), f"{url}#route")]


def _of_the_route(found: Arrangements, url: str) -> Iterable[Evidence]:
    if not found.steps:
        nothing = _("No route of assurance and signature is on the record.")
        return [Evidence("7.2", nothing, url, contradicts=True)]
    begun = found.begun_at
    planned = [step.planned_at for step in found.steps if step.planned_at]
    early = [at for at in planned if begun is None or at <= begun]
    said = {"all": len(found.steps), "early": len(early)}
    text = _("The route has %(all)s steps; %(early)s had their day before the work began") % said
    done = sum(step.done_on is not None for step in found.steps)
    on = localdate(max(planned)) if planned else None
    return [
        Evidence("7.2", text, f"{url}#route", on, contradicts=not early),
        Evidence("7.2", _("Steps done: %(done)s") % {"done": done}, f"{url}#route"),
    ]


def _of_texts(found: Arrangements, url: str) -> Iterable[Evidence]:
    texts = found.texts
    parts = [
        ("7.3", "challenge", _("Where challenge is raised"), "#challenge"),
        ("7.4", "balance", _("How independence and ownership are balanced"), "#balance"),
        ("7.5", "impasse", _("How an impasse is handled"), "#impasse"),
    ]
    for question, name, label, place in parts:
        if texts and getattr(texts, name):
            text = _("%(what)s is written down") % {"what": label}
            yield Evidence(question, text, url + place, localdate(texts.changed_at))
        else:
            text = _("%(what)s is not written down") % {"what": label}
            yield Evidence(question, text, url, contradicts=True)


def _of_impasses(found: Arrangements, url: str) -> Iterable[Evidence]:
    for row in found.impasses:
        text = _("An impasse is open: %(about)s")
        if row.settled_on:
            text = _("An impasse was settled: %(about)s")
        on = row.settled_on or row.arose_on
        yield Evidence("7.5", text % {"about": row.about}, f"{url}#impasses", on)


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    label, url = _("Who answers for what"), reverse("reviews:governance", args=[review.pk])
    found = Arrangements(review)
    if not (found.responsibilities or found.steps or found.texts):
        return [Step(label, url, How.TO_DO)]
    texts = found.texts
    whole = texts is not None and all((texts.challenge, texts.balance, texts.impasse))
    if found.findings or not whole:
        return [Step(label, url, How.BEGUN, _("The page says what is missing."))]
    return [Step(label, url, How.DONE)]
