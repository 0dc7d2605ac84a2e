"""Pure rules: what a decision must say, when contact may be, how support goes on."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from families.involvement.models import Consultation, Standing
from families.involvement.rules import deciding, proceedings, support

TODAY = date(2026, 5, 4)
SAID = {
    "choice": "invited",
    "why": "",
    "reason": "She knew the child best.",
    "decided_on": TODAY,
    "decided_by": "The review team",
    "look_again_on": None,
    "look_again_after": None,
}


def problems(**said):
    return deciding.problems(SAID | said, today=TODAY, incident_on=date(2026, 1, 1))


def test_a_decision_with_a_reason_is_enough():
    assert problems() == []
    assert problems(choice="not_invited", why="own_wish") == []
    assert problems(choice="later", why="health", look_again_on=date(2026, 8, 4)) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"choice": "maybe"}, "Choose one of the decisions"),
        ({"reason": "  "}, "One is needed either way"),
        ({"choice": "not_invited", "reason": " ", "why": "died"}, "One is needed either way"),
        ({"choice": "not_invited"}, "kind of reason"),
        ({"choice": "not_invited", "why": "weather"}, "kind of reason"),
        ({"decided_by": ""}, "who decided"),
        ({"decided_on": TODAY + timedelta(1)}, "between the incident"),
        ({"decided_on": date(2025, 12, 31)}, "between the incident"),
        ({"look_again_on": TODAY}, "after the decision"),
        ({"look_again_after": SimpleNamespace(ended_on=TODAY)}, "has ended"),
        ({"choice": "later", "why": "health"}, "needs a time"),
    ],
)
def test_what_a_decision_must_say(said, words):
    [found] = problems(**said)
    assert words in found


def test_when_a_decision_is_looked_at_again():
    process = SimpleNamespace(ended_on=None)
    row = SimpleNamespace(look_again_on=None, look_again_after=process)
    assert not deciding.is_due(row, TODAY)
    process.ended_on = TODAY
    assert deciding.is_due(row, TODAY)
    row = SimpleNamespace(look_again_on=TODAY, look_again_after=None)
    assert deciding.is_due(row, TODAY) and not deciding.is_due(row, TODAY - timedelta(1))
    assert deciding.in_three_months(date(2026, 11, 30)) == date(2027, 2, 28)


def standing(part="witness", ended_on=None):
    return Standing(kind="criminal", part=part, ended_on=ended_on)


def said(agreed, on=TODAY, begins=None, pk=1):
    return Consultation(agreed=agreed, consulted_on=on, contact_from=begins, pk=pk)


@pytest.mark.parametrize(
    ("standings", "consultations", "leave"),
    [
        ([], [], proceedings.FREE),
        ([standing("party")], [], proceedings.FREE),
        ([standing(ended_on=TODAY)], [], proceedings.FREE),
        ([standing(ended_on=TODAY + timedelta(1))], [], proceedings.NOT_ASKED),
        ([standing()], [], proceedings.NOT_ASKED),
        ([standing("suspect")], [said("yes")], proceedings.FREE),
        ([standing("suspect")], [said("not_yet")], proceedings.NOT_NOW),
        ([standing()], [said("from", begins=TODAY)], proceedings.FREE),
        ([standing()], [said("from", begins=TODAY + timedelta(1))], proceedings.NOT_YET),
        ([standing()], [said("yes", TODAY + timedelta(1))], proceedings.NOT_ASKED),
        ([standing()], [said("yes", pk=1), said("not_yet", pk=2)], proceedings.NOT_NOW),
        ([standing()], [said("not_yet", pk=2), said("yes", pk=3)], proceedings.FREE),
        (
            [standing()],
            [said("yes", TODAY - timedelta(9), pk=9), said("not_yet", pk=2)],
            proceedings.NOT_NOW,
        ),
    ],
)
def test_contact_with_a_witness_or_suspect_waits_for_the_officer(standings, consultations, leave):
    found = proceedings.contact_allowed(standings, consultations, TODAY)
    assert found == leave
    assert found.allowed == (not found.words)


@pytest.mark.parametrize(
    ("kind", "language", "not_a_relative", "state", "number"),
    [
        ("interpreter", "Sylheti", True, "arranged", 0),
        ("interpreter", "", False, "agreed", 0),
        ("interpreter", " ", False, "arranged", 2),
        ("interpreter", "Sylheti", False, "done", 1),
        ("translation", "", False, "arranged", 1),
        ("childcare", "", False, "arranged", 0),
    ],
)
def test_an_interpreter_has_a_dialect_and_is_no_relative(
    kind, language, not_a_relative, state, number
):
    assert len(support.problems(kind, language, not_a_relative, state)) == number


def test_days_of_support_are_in_order_and_have_come():
    days = {"agreed_on": date(2026, 5, 1), "arranged_on": None, "done_on": TODAY}
    assert support.days_in_order(days, TODAY)
    assert not support.days_in_order(days, date(2026, 5, 2))
    assert not support.days_in_order(days | {"arranged_on": date(2026, 4, 30)}, TODAY)
