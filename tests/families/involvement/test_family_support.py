"""Support: wanted, agreed, arranged, done, and an interpreter who is no relative (QM 12.3)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from families.involvement.models import Support
from families.involvement.operations import support as operations
from families.involvement.queries.table import to_arrange
from reviews.case.operations.record import Stale
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

INTERPRETER = {"kind": "interpreter", "language": "Sylheti", "not_a_relative": True}


def add(person, by, **said):
    return operations.add_support(person=person, by=by, **{"kind": "childcare"} | said)


def move(row, by, *states, on=None):
    for state in states:
        row = operations.move_support(support=row, state=state, on=on or clock.today(), by=by)
    return row


def test_it_goes_on_a_step_at_a_time_and_each_step_has_its_day(cast, review, family):
    row = add(family.mother, cast.liaison, **INTERPRETER)
    assert to_arrange(review) == [row]
    yesterday = clock.today() - timedelta(1)
    row = move(row, cast.liaison, "agreed", on=yesterday)
    assert to_arrange(review) == [row]
    row = move(row, cast.unit, "arranged")
    assert to_arrange(review) == []
    row = move(row, cast.lead, "done")
    assert (row.agreed_on, row.arranged_on, row.done_on) == (
        yesterday,
        clock.today(),
        clock.today(),
    )


def test_a_step_sent_twice_or_out_of_order_is_refused(cast, family):
    row = add(family.mother, cast.liaison)
    with pytest.raises(Refused, match="moved on"):
        move(row, cast.liaison, "done")
    row = move(row, cast.liaison, "agreed")
    with pytest.raises(Refused, match="“Agreed”"):
        move(row, cast.liaison, "agreed")
    with pytest.raises(Refused, match="tomorrow"):
        move(row, cast.liaison, "arranged", on=clock.today() + timedelta(1))
    with pytest.raises(Refused, match="tomorrow"):
        move(row, cast.liaison, "arranged", on=clock.today() - timedelta(1))


def test_what_is_not_needed_may_be_needed_again(cast, family):
    row = move(add(family.mother, cast.liaison), cast.liaison, "agreed", "not_needed", "wanted")
    assert (row.state, row.agreed_on) == ("wanted", None)


@pytest.mark.parametrize(
    ("said", "words"),
    [({"not_a_relative": False}, "not a relative"), ({"language": ""}, "language and dialect")],
)
def test_an_interpreter_is_not_arranged_before_both_are_known(said, words, cast, family):
    row = move(add(family.mother, cast.liaison, **INTERPRETER | said), cast.liaison, "agreed")
    with pytest.raises(Refused, match=words):
        move(row, cast.liaison, "arranged")
    ready = operations.change_support(support=row, version=2, by=cast.liaison, **INTERPRETER)
    move(ready, cast.liaison, "arranged")
    with pytest.raises(Refused, match=words):
        operations.change_support(support=row, version=4, by=cast.liaison, **INTERPRETER | said)


def test_postgresql_itself_wants_an_interpreter_who_is_no_relative(cast, family):
    row = add(family.mother, cast.liaison, **INTERPRETER | {"not_a_relative": False})
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.filter(pk=row.pk).update(state="arranged")


def test_the_same_support_is_not_added_twice(cast, family):
    add(family.mother, cast.liaison, **INTERPRETER)
    with pytest.raises(Refused, match="already"):
        add(family.mother, cast.liaison, **INTERPRETER)
    add(family.mother, cast.liaison, **INTERPRETER | {"language": "Bengali"})


def test_days_are_put_right_in_their_order(cast, family):
    row = move(add(family.mother, cast.liaison), cast.liaison, "agreed", "arranged")
    day = clock.today() - timedelta(3)
    with pytest.raises(Refused, match="tomorrow"):
        operations.change_support(support=row, version=3, by=cast.liaison, arranged_on=day)
    changed = operations.change_support(
        support=row, version=3, by=cast.liaison, agreed_on=day, arranged_on=day
    )
    assert changed.arranged_on == day
    with pytest.raises(Stale):
        operations.change_support(support=row, version=3, by=cast.liaison, agreed_on=day)


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "observer"])
def test_who_does_not_keep_the_family_changes_nothing(who, cast, family):
    row = add(family.mother, cast.liaison)
    by = cast.people[who]
    for act in (
        lambda: add(family.mother, by, kind="travel"),
        lambda: move(row, by, "agreed"),
        lambda: operations.change_support(support=row, version=1, by=by, language="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_button_carries_it_a_step_further(client, cast, review, family):
    row = add(family.mother, cast.liaison, kind="interpreter")
    client.force_login(cast.liaison)

    def press(state):
        url = reverse("families:support_move", args=[review.pk, row.pk, state])
        return client.post(url, follow=True).content.decode()

    assert "Recorded: Agreed" in press("agreed")
    assert "not a relative" in press("arranged")
    row.refresh_from_db()
    assert row.state == "agreed"
    assert "moved on" in press("agreed")
    url = reverse("families:support_move", args=[review.pk, row.pk, "lost"])
    assert client.post(url).status_code == 404
