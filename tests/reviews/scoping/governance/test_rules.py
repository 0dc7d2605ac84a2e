from datetime import UTC, date, datetime

import pytest

from reviews.scoping.governance import rules
from reviews.scoping.governance.models import AssuranceStep, Responsibility
from scr_portal.accounts.models import User

BEGUN = datetime(2026, 4, 1, tzinfo=UTC)


def row(duty, name="", user=None):
    return Responsibility(duty=duty, name=name or user.name, user=user)


def step(what, planned_on=None, planned_at=None):
    return AssuranceStep(what=what, planned_on=planned_on, planned_at=planned_at)


def texts(findings):
    return [finding.text for finding in findings]


def test_every_duty_without_a_name_is_a_gap():
    assert len(rules.gaps([])) == 5
    left = texts(rules.gaps([row(duty, "X") for duty in rules.Duty if duty != "signs"]))
    assert left == ["Nobody is named who signs the report off."]


@pytest.mark.parametrize("other", ["assures", "challenges", "signs"])
@pytest.mark.parametrize("written", ["Jo Quill", "  jo   QUILL ", "Dr Jo Quill", "Prof. Jo Quill"])
def test_one_name_on_both_sides_is_found(other, written):
    [found] = rules.both_sides([row("conducts", "Jo Quill"), row(other, written)], [])
    assert found.text.startswith("Jo Quill conducts the review and ")


def test_one_account_is_one_person_whatever_it_was_called():
    person = User(pk=7, name="Jo Quill")
    rows = [row("conducts", user=person), Responsibility(duty="signs", name="J. Q.", user=person)]
    assert texts(rules.both_sides(rows, [])) == ["Jo Quill conducts the review and signs it off."]


def test_the_chair_signs_by_role():
    chair = User(pk=8, name="Charles Ashdown")
    rows = [row("conducts", "charles ashdown"), row("assures", "Charles Ashdown")]
    [found] = rules.both_sides(rows, [chair])
    assert found.text.endswith("assures its quality and signs it off.")
    assert not rules.both_sides([row("conducts", "Jo Quill")], [chair])


def test_to_be_accountable_and_to_sign_is_one_side():
    rows = [row("accountable", "X"), row("signs", "X"), row("conducts", "Y")]
    assert not rules.both_sides(rows, [])


def test_a_route_without_steps_days_or_order_is_noticed():
    assert texts(rules.about_steps([], None)) == ["The route of the report has no step yet."]
    [bare] = rules.about_steps([step("Read"), step("Sign", date(2026, 5, 1))], None)
    assert bare.text == "No day is set for: Read." and "before the work begins" in bare.why
    wrong = [step("Read", date(2026, 5, 2)), step("Sign", date(2026, 5, 1))]
    [order] = rules.about_steps(wrong, None)
    assert order.text == "“Sign” is planned before “Read”, which comes first."


def test_a_day_that_was_set_after_the_work_began_is_noticed():
    early = step("Read", date(2026, 5, 1), datetime(2026, 3, 1, tzinfo=UTC))
    late = step("Sign", date(2026, 6, 1), datetime(2026, 4, 2, tzinfo=UTC))
    [found] = rules.about_steps([early, late], BEGUN)
    assert found.text.endswith("1 April 2026: Sign.")
    assert not rules.about_steps([early], BEGUN)
    assert not rules.about_steps([early, late], None)
