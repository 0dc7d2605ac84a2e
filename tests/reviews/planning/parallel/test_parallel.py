from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.evidence import evidence
from reviews.planning.parallel import contributions, operations
from reviews.planning.parallel.models import ParallelProcess
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused
from tests import builders
from tests.reviews.scoping.building import a_process


@pytest.fixture
def review(cast):
    return builders.a_review(cast)


def url(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.pk, *more])


def page(client, review):
    return client.get(url("parallel", review)).content.decode()


TYPED = {"kind": "inquest", "name": "The inquest", "body": "The coroner"}


def test_the_register_is_empty_filled_and_ended(cast, review, sign_in):
    client = cast.on(review) and sign_in(cast.lead)
    assert "Ask the police, the coroner" in page(client, review)
    assert client.post(url("parallel_new", review), TYPED).status_code == 302
    twice = client.post(url("parallel_new", review), TYPED).content.decode()
    assert "in the register already" in twice
    found = ParallelProcess.objects.get()
    assert collect("parallel_processes", review, cast.lead) == ["The inquest"]
    assert collect("parallel_processes", review, cast.liaison) == []
    assert "led by The coroner" in page(sign_in(cast.panel), review)
    ends = {"ended_on": clock.today().isoformat()}
    assert client.post(url("parallel_end", review, found.pk), ends).status_code == 302
    again = client.post(url("parallel_end", review, found.pk), ends).content.decode()
    assert "has ended already" in again
    assert collect("parallel_processes", review, cast.lead) == []
    assert AuditEvent.objects.filter(kind__startswith="parallel_").count() == 2
    assert "The inquest" not in str(list(AuditEvent.objects.values_list("target_label", "changes")))


def test_a_lost_race_shows_both(cast, review, sign_in):
    made = a_process(cast, review)
    operations.change_process(process=made, version=1, by=cast.unit, bearing="Theirs")
    typed = TYPED | {"bearing": "Mine", "version": "1"}
    answer = sign_in(cast.unit).post(url("parallel_edit", review, made.pk), typed)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode() and "Mine" in answer.content.decode()


def test_days_are_in_order(cast, review):
    made = a_process(cast, review, began_on=clock.today())
    with pytest.raises(Refused, match="on or after the day it began"):
        operations.end_process(
            process=made, ended_on=clock.today() - timedelta(days=1), by=cast.unit
        )
    with pytest.raises(Refused, match="future"):
        operations.end_process(
            process=made, ended_on=clock.today() + timedelta(days=1), by=cast.unit
        )


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "liaison", "outsider"])
def test_only_who_keeps_the_plan_writes_here(cast, review, who):
    cast.on(review)
    with pytest.raises(PermissionDenied):
        operations.add_process(review=review, by=cast.people[who], **TYPED)


def test_evidence_is_for_marker_nine_and_for_readers_of_the_plan(cast, review):
    cast.on(review)
    bare = [str(each.text) for each in evidence(review, cast.lead, 9)]
    assert "No parallel process is in the register." in bare
    a_process(cast, review, contact="Coroner's officer")
    said = {e.question: str(e.text) for e in evidence(review, cast.lead, 9)}
    assert "The inquest" in said["9.1"] and "officer" in said["9.3"]
    assert not contributions.evidence(review, cast.liaison, 9)
    assert not contributions.evidence(review, cast.lead, 8)


def test_the_page_costs_the_same_at_any_size(cast, review, sign_in):
    client, counts, made = sign_in(cast.unit), [], 0
    for size in (1, 10, 40):
        while made < size:
            made += 1
            a_process(cast, review, name=f"Process {made}")
        page(client, review)
        with CaptureQueriesContext(connection) as caught:
            page(client, review)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
