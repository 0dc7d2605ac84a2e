"""What the case room says needs a person: dates near or over, requests, and the next stage."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.case import ladder, timetable
from reviews.case.lifecycle import Stage
from reviews.case.models import Deadline, Extension, Pause, Review
from reviews.case.needs import Need
from reviews.case.statutory import Meets
from reviews.permissions import Permission, Role
from scr_portal.core import clock

# Stages at which somebody is waited for, and no other room says so.
AWAITED: dict[Permission, dict[Stage, Promise]] = {
    Permission.EDIT: {
        Stage.DECIDED: gettext_lazy("Act on the chair's decision"),
        Stage.COMMISSIONING: gettext_lazy("Appoint the reviewers and begin the review's work"),
    },
    Permission.SIGN: {
        Stage.SIGN_OFF: gettext_lazy("Sign off the report or return it"),
        Stage.RESPONDING: gettext_lazy("Sign the board's response"),
        Stage.PUBLICATION: gettext_lazy("Publish the report"),
    },
}


def needs_of(user: Any) -> list[Need]:
    return [*_dates(user), *_extensions(user), *_stages(user)]


@cache
def _met_by_the_chair() -> frozenset[str]:
    clocks = (clock_ for profile in timetable.profiles() for clock_ in profile.clocks)
    return frozenset(clock_.key for clock_ in clocks if clock_.who_meets == Meets.CHAIR)


def _dates(user: Any) -> Iterable[Need]:
    """From the ladder's first step on. A date carried by a pause is reminded of by nobody."""
    horizon = clock.today() - timedelta(days=ladder.fixed_steps()[0].offset)
    near = Deadline.objects.filter(
        met_on__isnull=True, remind_on__isnull=False, due_on__lte=horizon
    ).select_related("review")
    unit = near.filter(review__in=Review.objects.visible_to(user, Permission.EDIT))
    chair = near.filter(
        review__in=Review.objects.visible_to(user, Permission.SIGN), key__in=_met_by_the_chair()
    )
    for row in (unit | chair).distinct():
        yield Need(
            text=row.label,
            url=reverse("reviews:date", args=[row.review_id, row.pk]),
            due=row.due_on,
            review=row.review,
            holder=Role.CHAIR.label if row.key in _met_by_the_chair() else Role.UNIT.label,
        )


def _extensions(user: Any) -> Iterable[Need]:
    asked = Extension.objects.filter(
        state=Extension.State.ASKED, review__in=Review.objects.visible_to(user, Permission.SIGN)
    ).exclude(by=user)
    for row in asked.select_related("review"):
        yield Need(
            text=_("Agree to an extension, or not"),
            url=reverse("reviews:dates", args=[row.review_id]),
            review=row.review,
            since=row.at,
        )


def _stages(user: Any) -> Iterable[Need]:
    for permission, words in AWAITED.items():
        rows = Review.objects.visible_to(user, permission).filter(stage__in=list(words))
        for review in rows.exclude(pauses__in=Pause.objects.filter(ended_on__isnull=True)):
            yield Need(
                text=words[Stage(review.stage)],
                url=review.get_absolute_url(),
                review=review,
                since=review.stage_since,
                holder=Role.CHAIR.label if permission == Permission.SIGN else Role.UNIT.label,
            )
