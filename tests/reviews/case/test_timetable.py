from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.case import ladder, statutory, timetable
from reviews.case.statutory import Anchor, Kind, Tag

ANCHORS = {
    Anchor.INCIDENT: date(2026, 2, 27),
    Anchor.AWARE: date(2026, 3, 2),  # a Monday
    Anchor.NOTIFIED: date(2026, 3, 5),
    Anchor.REFERRED: date(2026, 3, 6),
    Anchor.DECIDED: date(2026, 3, 31),  # six months on: the 30th of a shorter month
    Anchor.PUBLICATION_PLANNED: date(2026, 10, 5),
    Anchor.PUBLISHED: date(2026, 10, 6),
}
TODAY = date(2026, 5, 1)
EVERY_DATE = {
    ("wt2006", "review"): {
        "tell-family": "2026-04-09",
        "begin": "2026-04-02",
        "complete": "2026-07-31",
    },
    ("wt2006", "other_learning"): {},
    ("wt2010", "review"): {"tell-family": "2026-04-09", "complete": "2026-09-30"},
    ("wt2010", "no_further_action"): {},
    ("wt2013", "review"): {
        "tell-family": "2026-04-09",
        "decide": "2026-04-05",  # Easter Sunday: a limit in months stays where it falls
        "send-report": "2026-09-28",
        "complete": "2026-09-30",
        "keep-online": "2027-10-06",
    },
    ("wt2013", "no_further_action"): {
        "decide": "2026-04-05",
        "tell-panel-no-review": "2026-04-14",
    },
    ("wt2015", "review"): {
        "tell-family": "2026-04-09",
        "notify": "2026-03-09",
        "decide": "2026-04-05",
        "tell-decision": "2026-04-09",  # Good Friday and Easter Monday lie between
        "send-report": "2026-09-24",
        "complete": "2026-09-30",
        "keep-online": "2027-10-06",
    },
    ("wt2015", "other_learning"): {
        "notify": "2026-03-09",
        "decide": "2026-04-05",
        "tell-decision": "2026-04-09",
    },
    ("wt2018", "review"): {
        "tell-family": "2026-04-09",
        "notify": "2026-03-09",
        "rapid-review": "2026-03-23",
        "send-report": "2026-09-24",
        "publish": "2026-09-30",
        "keep-online": "2027-10-06",
    },
    ("wt2018", "no_further_action"): {"notify": "2026-03-09", "rapid-review": "2026-03-23"},
}

dates_of_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
quick = settings(max_examples=60, deadline=None)


@st.composite
def pauses(draw):
    """Up to four, in any order, open or overlapping ones among them."""
    begun = draw(st.lists(dates_of_2026, max_size=4))
    lengths = st.one_of(st.none(), st.integers(0, 90))
    return [(day, None if (n := draw(lengths)) is None else day + timedelta(n)) for day in begun]


def work_out(profile="wt2015", **changes):
    """Deadlines by key."""
    told: dict[str, Any] = {"anchors": ANCHORS, "outcome": "review", "today": TODAY} | changes
    found = timetable.deadlines(timetable.profile(profile), **told)
    return {due.key: due for due in found}


@pytest.mark.parametrize(("profile", "outcome"), EVERY_DATE)
def test_every_clock_of_every_profile(profile, outcome):
    found = work_out(profile, outcome=outcome)
    assert {key: due.due_on.isoformat() for key, due in found.items()} == EVERY_DATE[
        profile, outcome
    ]
    assert [due.due_on for due in found.values()] == sorted(due.due_on for due in found.values())


def test_the_examples_meet_every_clock():
    met = {(profile, key) for (profile, _), found in EVERY_DATE.items() for key in found}
    held = {
        (profile.key, clock.key)
        for profile in timetable.profiles()
        for clock in profile.clocks
        if clock.limit
    }
    assert met == held


@pytest.mark.parametrize(
    ("profile", "clock", "tags"),
    [
        ("wt2006", "begin", "doc"),
        ("wt2006", "complete", "unsure"),
        ("wt2010", "complete", "doc src"),
        ("wt2010", "publish", "src"),
        ("wt2013", "decide", "src"),
        ("wt2013", "tell-panel-no-review", "src"),
        ("wt2013", "complete", "src"),
        ("wt2013", "send-report", "src"),
        ("wt2013", "keep-online", "src"),
        ("wt2015", "notify", "src"),
        ("wt2015", "decide", "src"),
        ("wt2015", "tell-decision", "unsure"),
        ("wt2015", "complete", "src"),
        ("wt2015", "send-report", "unsure"),
        ("wt2015", "keep-online", "src"),
        ("wt2018", "notify", "src"),
        ("wt2018", "rapid-review", "src"),
        ("wt2018", "publish", "unsure"),
        ("wt2018", "send-report", "unsure"),
        ("wt2018", "keep-online", "unsure"),
    ],
)
def test_how_well_each_limit_is_known(profile, clock, tags):
    found = timetable.profile(profile).clock(clock)
    assert found.tags == tuple(map(Tag, tags.split()))
    assert found.tag == found.tags[0] and found.source and found.statutory


@pytest.mark.parametrize("profile", timetable.profiles(), ids=lambda profile: profile.key)
def test_when_the_family_is_told_is_a_target_of_our_own(profile):
    found = profile.clock("tell-family")
    assert not found.statutory and found.pausable and found.note


@pytest.mark.parametrize(
    ("on", "key"),
    [
        ("1999-01-01", "wt2006"),
        ("2009-11-30", "wt2006"),
        ("2009-12-01", "wt2010"),
        ("2013-04-14", "wt2010"),
        ("2013-04-15", "wt2013"),
        ("2015-03-25", "wt2013"),
        ("2015-03-26", "wt2015"),
        ("2018-06-28", "wt2015"),
        ("2018-06-29", "wt2018"),
        ("2040-01-01", "wt2018"),
    ],
)
def test_the_profile_in_force(on, key):
    assert timetable.profile_in_force(date.fromisoformat(on)).key == key


def test_profiles_carry_the_words_of_their_time():
    assert timetable.profile("wt2015").words.board_short == "LSCB"
    assert timetable.profile("wt2018").words.review_short == "practice review"
    with pytest.raises(KeyError):
        timetable.profile("wt1999")


def test_clock_keys_are_unique_within_a_profile():
    for profile in timetable.profiles():
        keys = [clock.key for clock in profile.clocks]
        assert len(keys) == len(set(keys))


def test_only_known_anchors_give_dates():
    assert work_out(anchors={}, outcome=None) == {}
    assert set(work_out(anchors={"aware": ANCHORS[Anchor.AWARE]}, outcome=None)) == {"notify"}
    assert set(work_out("wt2006", anchors={"aware": TODAY, "decided": None}, outcome=None)) == {
        "begin"
    }


def test_publication_is_a_standing_duty_for_reviews_begun_from_10_june_2010():
    profile = timetable.profile("wt2010")

    def duties(decided, outcome="review"):
        found = timetable.standing_duties(profile, {"decided": decided}, outcome=outcome)
        return [clock.key for clock in found]

    assert duties(date(2010, 6, 10)) == ["publish"]
    assert duties(date(2010, 6, 9)) == []
    assert duties(date(2010, 6, 10), "no_further_action") == []
    assert duties(None, None) == ["publish"]


def test_closures_count_for_working_days_only():
    closures = {date(2026, 3, 9)}
    assert work_out(closures=closures)["notify"].due_on == date(2026, 3, 10)
    assert work_out(closures=closures)["decide"].due_on == date(2026, 4, 5)


def test_a_decision_meets_its_clock():
    assert work_out()["decide"].met_on == ANCHORS[Anchor.DECIDED]
    assert work_out(anchors={"notified": TODAY}, outcome=None)["decide"].met_on is None


@pytest.mark.parametrize(
    ("stops", "days"),
    [
        ([], 0),
        ([("2026-04-01", "2026-04-11")], 10),
        ([("2026-04-01", "2026-04-01")], 0),
        ([("2026-04-01", None)], 30),  # up to today
        ([("2026-05-02", None)], 0),  # announced, not begun
        ([("2026-04-01", "2026-04-11"), ("2026-04-06", "2026-04-16")], 15),  # no day twice
        ([("2026-03-01", "2026-04-05")], 5),  # from the decision on
        ([("2026-02-01", "2026-03-01")], 0),  # over before the clock began
        ([("2026-10-01", "2026-10-11")], 0),  # after the target had passed
        ([("2026-09-30", "2026-10-10")], 10),  # on its last day
        ([("2026-10-05", "2026-10-10"), ("2026-09-01", "2026-09-21")], 25),  # the first makes room
    ],
)
def test_a_pause_moves_our_target_and_not_the_limit(stops, days):
    stops = [tuple(day and date.fromisoformat(day) for day in stop) for stop in stops]
    due = work_out(pauses=stops)["complete"]
    assert due.paused_days == days
    assert due.due_on == due.target_on == date(2026, 9, 30) + timedelta(days)
    assert due.statutory_on == date(2026, 9, 30)


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        work_out(pauses=[(date(2026, 4, 2), date(2026, 4, 1))])


def test_an_extension_replaces_the_due_date_and_hides_nothing():
    agreed = date(2026, 12, 1)
    stopped = [(date(2026, 4, 1), date(2026, 4, 11))]
    due = work_out(pauses=stopped, extensions={"complete": agreed})["complete"]
    assert (due.due_on, due.extended_to) == (agreed, agreed)
    assert (due.target_on, due.statutory_on) == (date(2026, 10, 10), date(2026, 9, 30))
    assert work_out(extensions={"notify": agreed})["notify"].due_on == agreed


@quick
@given(pauses(), dates_of_2026)
def test_a_pause_never_moves_a_duty(stops, today):
    plain, paused = work_out(today=today), work_out(today=today, pauses=stops)
    for key, due in paused.items():
        assert due.limit_on == plain[key].limit_on
        assert due.due_on >= plain[key].due_on
        assert due.clock.kind == Kind.TARGET or due == plain[key]


@quick
@given(pauses(), pauses(), dates_of_2026)
def test_a_pause_lifted_and_put_back_is_as_before(stops, others, today):
    before = work_out(today=today, pauses=stops + others)
    lifted = work_out(today=today, pauses=stops)
    assert lifted == work_out(today=today, pauses=list(reversed(stops)))
    assert before == work_out(today=today, pauses=others + stops)


@quick
@given(dates_of_2026, st.integers(0, 60), st.integers(0, 60), dates_of_2026)
def test_a_pause_in_two_halves_is_one_pause(start, one, other, today):
    middle, end = start + timedelta(one), start + timedelta(one + other)
    whole = work_out(today=today, pauses=[(start, end)])
    assert whole == work_out(today=today, pauses=[(start, middle), (middle, end)])


@quick
@given(
    pauses(), dates_of_2026, st.dictionaries(st.sampled_from(["complete", "notify"]), dates_of_2026)
)
def test_dates_from_nothing_are_the_same_again(stops, today, agreed):
    told = {"today": today, "pauses": stops, "extensions": agreed}
    first = work_out(**told)
    statutory.profiles.cache_clear()
    assert {key: due.due_on for key, due in work_out(**told).items()} == {
        key: due.due_on for key, due in first.items()
    }


@quick
@given(pauses(), dates_of_2026)
def test_closed_pauses_give_the_same_dates_on_any_day(stops, today):
    closed = [(begins, ends) for begins, ends in stops if ends]
    assert work_out(pauses=closed, today=today) == work_out(pauses=closed, today=TODAY)


def test_who_is_reminded_of_what_and_when():
    due = work_out()
    assert due["complete"].next_reminder_on(TODAY) == date(2026, 9, 16)
    assert due["notify"].next_reminder_on(TODAY) == TODAY  # over: at once
    assert due["decide"].next_reminder_on(TODAY) is None  # met
    assert due["keep-online"].next_reminder_on(date(2028, 1, 1)) is None  # never late


def test_nobody_is_reminded_of_a_date_that_a_pause_carries_along():
    stopped = [(date(2026, 4, 1), None)]
    carried = work_out(pauses=stopped)
    assert carried["complete"].moving and carried["complete"].next_reminder_on(TODAY) is None
    assert not carried["send-report"].moving and carried["send-report"].next_reminder_on(TODAY)
    agreed = work_out(pauses=stopped, extensions={"complete": date(2026, 12, 1)})["complete"]
    assert not agreed.moving and agreed.next_reminder_on(TODAY) == date(2026, 11, 17)
    late = work_out(pauses=[(date(2026, 10, 15), None)], today=date(2026, 11, 1))["complete"]
    assert not late.moving  # it had passed before the pause came


@pytest.mark.parametrize("reasons", [timetable.ExtensionReason, timetable.PauseReason])
def test_reasons_have_labels_and_a_way_out(reasons):
    assert len(set(reasons.labels)) == len(reasons) and "other" in reasons.values


DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("ahead", "latest", "audience", "following"),
    [
        (-40, None, None, -14),
        (-15, None, None, -14),
        (-14, "before-14", "owners", -7),
        (-8, "before-14", "owners", -7),
        (-7, "before-7", "owners", -1),
        (-2, "before-7", "owners", -1),
        (-1, "before-1", "owners", 0),
        (0, "day", "owners", 7),
        (6, "day", "owners", 7),
        (7, "over-1", "owners", 14),
        (13, "over-1", "owners", 14),
        (14, "over-2", "owners and chair", 21),
        (21, "over-3", "owners and chair", 28),
        (365, "over-52", "owners and chair", 371),
    ],
)
def test_the_ladder(ahead, latest, audience, following):
    today = DUE + timedelta(ahead)
    step = ladder.latest_step(DUE, today)
    assert (step and step.key, step and step.audience.value) == (latest, audience)
    assert ladder.next_step_on(DUE, today) == DUE + timedelta(following)


def test_missed_steps_are_listed_and_the_last_one_is_sent():
    due = ladder.steps_due(DUE, DUE + timedelta(15))
    keys = ["before-14", "before-7", "before-1", "day", "over-1", "over-2"]
    assert [step.key for step in due] == keys
    assert ladder.latest_step(DUE, DUE + timedelta(15)) == due[-1]


@quick
@given(dates_of_2026, st.integers(-30, 100))
def test_the_next_step_is_the_first_that_is_not_yet_due(due_on, ahead):
    today = due_on + timedelta(ahead)
    following = ladder.next_step_on(due_on, today)
    assert following > today
    due, then = ladder.steps_due(due_on, today), ladder.steps_due(due_on, following)
    assert then[:-1] == due and then[-1].falls_on(due_on) == following


@quick
@given(dates_of_2026, st.integers(0, 120), st.sets(st.integers(0, 120)))
def test_a_sweep_sends_no_step_twice_and_never_a_burst(due_on, length, down):
    """A day-by-day sweep that stands still on some days."""
    begun = due_on - timedelta(30)
    following, sent = ladder.first_step_on(due_on, begun), []
    for today in (begun + timedelta(n) for n in range(length) if n not in down):
        if following <= today:
            sent.append(ladder.latest_step(due_on, today))
            following = ladder.next_step_on(due_on, today)
    assert len(set(sent)) == len(sent) and None not in sent
    if not down:
        assert sent == ladder.steps_due(due_on, begun + timedelta(length - 1))


@pytest.mark.parametrize(("ahead", "first"), [(-40, -14), (-10, -7), (-1, -1), (0, 0), (10, 10)])
def test_a_date_written_today_is_first_reminded_of(ahead, first):
    assert ladder.first_step_on(DUE, DUE + timedelta(ahead)) == DUE + timedelta(first)


def test_the_page_of_timetables_is_fresh():
    page = Path(__file__).parents[3] / "docs" / "timetables.md"
    with translation.override("cy"):
        assert page.read_text(encoding="utf-8") == timetable.as_markdown(), (
            "docs/timetables.md is old: its first paragraph says how to print it again"
        )
