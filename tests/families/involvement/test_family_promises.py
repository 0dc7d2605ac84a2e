"""Promises: kept, given up with a reason, and never forgotten."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from families.involvement.models import Promise
from families.involvement.operations import promises
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

TODAY = clock.today()
DAYS = {"promised_on": TODAY, "due_on": TODAY + timedelta(days=7)}
SAID = {"text": "To bring the photographs back", "promised_by": "The liaison"}


def promised(family, by, **given):
    return promises.promise(person=family.mother, by=by, **{"token": "one"} | DAYS | SAID | given)


def test_two_clicks_keep_one_promise_and_no_word_of_it_is_in_the_history(family, cast):
    assert promised(family, cast.liaison) == promised(family, cast.liaison)
    event = AuditEvent.objects.get(kind="family_promised")
    assert event.target_label == "Mother" and "photographs" not in str(event.changes)


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "observer"])
def test_who_does_not_keep_the_family_promises_nothing(family, cast, who):
    by = cast.people[who]
    with pytest.raises(PermissionDenied):
        promised(family, by)
    once = {"promise": promised(family, cast.liaison), "version": 1, "by": by}
    with pytest.raises(PermissionDenied):
        promises.keep(**once, kept_on=TODAY, outcome="")
    with pytest.raises(PermissionDenied):
        promises.give_up(**once, given_up_on=TODAY, outcome="No")
    with pytest.raises(PermissionDenied):
        promises.change(**once, **DAYS)


def test_days_that_cannot_be_are_refused(family, cast):
    with pytest.raises(Refused, match="future"):
        promised(family, cast.liaison, promised_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="or later"):
        promised(family, cast.liaison, due_on=TODAY - timedelta(days=1))
    made = promised(family, cast.liaison)
    with pytest.raises(Refused, match="between"):
        promises.keep(
            promise=made,
            version=1,
            kept_on=TODAY + timedelta(days=1),
            outcome="",
            by=cast.liaison,
        )


def test_a_promise_is_settled_once(family, cast):
    made = promised(family, cast.liaison)
    with pytest.raises(Refused, match="Say why"):
        promises.give_up(promise=made, version=1, given_up_on=TODAY, outcome=" ", by=cast.liaison)
    changed = promises.change(promise=made, version=1, by=cast.lead, **DAYS | {"text": "Both"})
    assert changed.version == 2
    with pytest.raises(Stale):
        promises.keep(promise=made, version=1, kept_on=TODAY, outcome="", by=cast.liaison)
    promises.keep(promise=made, version=2, kept_on=TODAY, outcome="Done", by=cast.liaison)
    with pytest.raises(Refused, match="kept already"):
        promises.keep(promise=made, version=3, kept_on=TODAY, outcome="", by=cast.liaison)
    other = promised(family, cast.liaison, token="2")
    promises.give_up(
        promise=other, version=1, given_up_on=TODAY, outcome="They are lost", by=cast.liaison
    )
    with pytest.raises(Refused, match="given up already"):
        promises.change(promise=other, version=2, by=cast.liaison, **DAYS)


def test_the_pages_walk_a_promise_to_its_end(review, family, cast, sign_in):
    client, today = sign_in(cast.liaison), TODAY.isoformat()

    def page(name, *more):
        return reverse(f"families:{name}", args=[review.pk, *more])

    new = page("promise_new") + f"?person={family.mother.pk}"
    assert client.get(new).status_code == 200
    typed = SAID | {"person": family.mother.pk, "promised_on": today, "token": "one"}
    early = (TODAY - timedelta(days=1)).isoformat()
    wrong = client.post(new, typed | {"due_on": early}).content.decode()
    assert "the day it was promised or a later one" in wrong
    for _click in range(2):
        assert client.post(new, typed | {"due_on": today}).status_code == 302
    made = Promise.objects.get()
    assert "photographs" in client.get(page("contacts")).content.decode()
    edited = {"text": "To bring them", "promised_by": "Me", "promised_on": today, "due_on": today}
    answer = client.post(page("promise_edit", made.pk), edited | {"version": 1})
    assert answer.status_code == 302
    lost = client.post(page("promise_edit", made.pk), edited | {"text": "X", "version": 1})
    assert lost.status_code == 409 and "To bring them" in lost.content.decode()
    assert client.get(page("promise_give_up", made.pk)).status_code == 200
    kept = {"kept_on": today, "outcome": "She has them.", "version": 2}
    assert client.post(page("promise_kept", made.pk), kept).status_code == 302
    assert "kept already" in client.post(page("promise_kept", made.pk), kept).content.decode()
    assert "She has them." in client.get(page("contacts")).content.decode()
