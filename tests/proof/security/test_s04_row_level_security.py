"""Every filter of the application is off: raw statements, and PostgreSQL alone refuses."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations import passes
from quality_markers.catalogue.operations import load_own
from reviews.acting import reach_of_person
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.permissions import Permission
from scr_portal.core import acting
from tests import builders
from tests.cast import Cast
from tests.proof.frame import WHOLE, Claim

CLAIM = Claim(
    id="S4",
    says="PostgreSQL by itself gives nobody a row of a case that is not theirs",
    how="Each closed table is read whole, without a filter, for each of the cast; pages are timed "
    "in turn with policies and, over a connection of the owner's and without saying for whom, "
    "without",
    goal="0 foreign rows; at most 10 per cent of the time of a review's pages",
)
MOST = 1.10
WARM = 10
"""Requests of each kind before time is taken: PostgreSQL plans anew five times before it keeps."""


@pytest.fixture
def reviews(cast) -> tuple[Cast, list[Review]]:
    """Two on the cast's board, of which they are appointed on one, and one on the other board."""
    load_own()
    mine = builders.review_at(Stage.UNDER_WAY, cast)
    cast.on(mine)
    second = builders.a_review(cast, pseudonym="Child S")
    elsewhere = Cast(cast.other_board, cast.board, cast.agency, {"unit": cast.outsider})
    third = builders.a_review(elsewhere, pseudonym="Child T")
    people.recuse(review=mine, user=cast.auditor, reason="Is related", by=cast.unit)
    return cast, [mine, second, third]


def _tables() -> list[tuple[str, str]]:
    """Closed tables with the column that says of which review a row is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid "
            "WHERE relrowsecurity AND (attname = 'review_id' AND relname <> 'reviews_review'"
            " OR (relname, attname) IN (('reviews_review', 'id'),"
            " ('reviews_reviewuserobjectpermission', 'content_object_id')))"
        )
        return cursor.fetchall()


def test_no_row_of_another_review_is_given(reviews, claim):
    cast, _all_of_them = reviews
    foreign, read, asked = 0, 0, 0
    for user in [*cast.people.values(), None]:
        allowed = set()
        if user is not None:
            seen = Review.objects.visible_to_any(user, *Permission)
            allowed = set(seen.values_list("pk", flat=True))
        with acting.for_person(reach_of_person(user) if user else acting.NOBODY):
            for table, column in _tables():
                own = "" if user is None else _own(table, user.pk)
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL{own}")
                    found = [value for (value,) in cursor.fetchall()]
                asked += 1
                read += len(found)
                foreign += sum(value not in allowed for value in found)
    assert read > 100
    claim.measured(f"{foreign} foreign rows of {read:,} in {asked:,} readings", foreign == 0)


@pytest.mark.django_db(transaction=True)
def test_the_wall_costs_little(reviews, owners, claim, scale):
    """Its time is judged in the whole proof alone, where the others have less to do with it."""
    cast, all_of_them = reviews
    client = Client()
    client.force_login(cast.lead, backend="reviews.backends.SignInBackend")
    times = scale(quick=1, whole=60)
    ratio, pages = _cost(_pages(cast, all_of_them[0]), partial(_ratio, client, owners, times))
    if WHOLE:
        claim.measured(f"{ratio:.2f} times the time, over {pages}", ratio <= MOST)


def _own(table: str, person: int) -> str:
    """What a person may know of themselves anywhere: that they were let in, and are kept out."""
    mine = {"reviews_recusal", "reviews_appointment", "reviews_reviewuserobjectpermission"}
    if table in mine or table == "notifications_notification":
        return f" AND user_id <> {person}"
    return f" AND actor_id IS DISTINCT FROM {person}" if table == "audit_auditevent" else ""


@pytest.fixture
def owners() -> Iterator[Any]:
    """A second connection, of the tables' owner: what each has planned stays planned."""
    own, options = connection.connection, connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = {k: v for k, v in options.items() if k != "assume_role"}
    connection.connection = None
    try:
        connection.connect()
        opened = connection.connection
    finally:
        connection.settings_dict["OPTIONS"], connection.connection = options, own
    yield opened
    opened.close()


@contextmanager
def _without_the_wall(owners: Any) -> Iterator[None]:
    own, said = connection.connection, acting.Reach.statement
    connection.connection, acting.Reach.statement = owners, property(lambda reach: "")
    try:
        yield
    finally:
        connection.connection, acting.Reach.statement = own, said


def _pages(cast: Cast, review: Review) -> dict[str, str]:
    begun = passes.open_pass(review=review, purpose=Pass.Purpose.PLANNING, by=cast.lead)
    of_pass = [review.pk, begun.number]
    return {
        "the list": reverse("reviews:list"),
        "a review": reverse("reviews:detail", args=[review.pk]),
        "its history": reverse("reviews:history", args=[review.pk]),
        "its register": reverse("families:people", args=[review.pk]),
        "a marker": reverse("quality_markers:marker", args=[*of_pass, 12]),
        "the questions": reverse("quality_markers:questions", args=of_pass),
    }


def _cost(pages: dict[str, str], ratio_of: Callable[[str], float]) -> tuple[float, str]:
    """How many times the time without the wall: the ratio of medians, page by page, in the mean."""
    ratios = {name: ratio_of(url) for name, url in pages.items()}
    told = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    return statistics.fmean(ratios.values()), told + (
        f"; on a busy machine, {busy:.1f} processes for each processor" if busy > 1.5 else ""
    )


def _ratio(client: Client, owners: Any, times: int, url: str) -> float:
    """In turns, and each as often the first: what else the machine does falls on both alike."""
    closed, opened = [], []
    for each in range(times + WARM):
        if each % 2:
            closed.append(_seconds(client, url))
        with _without_the_wall(owners):
            opened.append(_seconds(client, url))
        if not each % 2:
            closed.append(_seconds(client, url))
    return statistics.median(closed[WARM:]) / statistics.median(opened[WARM:])


def _seconds(client: Client, url: str) -> float:
    began = time.perf_counter()
    assert client.get(url).status_code == 200
    return time.perf_counter() - began
