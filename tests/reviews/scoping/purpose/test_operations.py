from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.operations.lifecycle import advance
from reviews.case.operations.record import Stale
from reviews.permissions import Role
from reviews.scoping.purpose import queries
from reviews.scoping.purpose.contributions import blockers
from reviews.scoping.purpose.models import Group, PurposeStatement, Telling, TellingWaiver
from reviews.scoping.purpose.operations import ledger, statement
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests import builders

SAID = {"text": "To learn.", "complications": "There is a trial.", "no_complications": False}
MOVE = LIFECYCLE.find(Stage.COMMISSIONING, Stage.UNDER_WAY)


@pytest.fixture
def review(cast):
    return builders.review_at(Stage.COMMISSIONING, cast)


def written(review, cast, version=0, by=None, **fields):
    return statement.write(review=review, version=version, by=by or cast.unit, **SAID | fields)


def agreed(review, cast, **fields):
    made = written(review, cast, **fields)
    return statement.agree(statement=made, version=made.version, by=cast.chair)


def told(review, cast, *groups, **fields):
    said = {"told_on": clock.today(), "how": "letter", "told_by": "The chair", "note": ""}
    said |= {"token": "one-click", "by": cast.unit} | fields
    return ledger.tell(review=review, groups=dict.fromkeys(groups, "Some"), **said)


def words(review):
    return {str(row.group): row.words for row in queries.standings(review)}


@pytest.mark.parametrize("who", ["chair", "panel", "liaison", "auditor", "observer", "member"])
def test_only_who_writes_the_scope_writes_the_purpose(review, cast, who):
    cast.on(review)
    with pytest.raises(PermissionDenied):
        written(review, cast, by=cast.people[who])


def test_two_writers_lose_nothing_and_a_second_click_writes_once(review, cast):
    first = written(review, cast)
    assert written(review, cast).version == first.version == 1
    cast.on(review, Role.LEAD)
    with pytest.raises(Stale):
        written(review, cast, by=cast.lead, text="Other")
    assert written(review, cast, version=1, by=cast.lead, text="Other").version == 2


def test_what_complicates_it_is_said_or_said_to_be_nothing(review, cast):
    with pytest.raises(Refused, match="do not tick"):
        written(review, cast, no_complications=True)
    silent = written(review, cast, complications="")
    assert not Notification.objects.filter(kind="purpose_to_agree").exists()
    with pytest.raises(Refused, match="Say what complicates"):
        statement.agree(statement=silent, version=silent.version, by=cast.chair)
    written(review, cast, version=1, complications="", no_complications=True)
    written(review, cast, version=2, text="Again", complications="A trial.")
    assert Notification.objects.filter(user=cast.chair, kind="purpose_to_agree").count() == 1


def test_the_chair_agrees_to_what_they_read_and_somebody_else_wrote(review, cast):
    made = written(review, cast)
    with pytest.raises(PermissionDenied):
        statement.agree(statement=made, version=made.version, by=cast.unit)
    with pytest.raises(Refused, match="has changed"):
        statement.agree(statement=made, version=made.version + 1, by=cast.chair)
    made.writers.add(cast.chair)
    with pytest.raises(Refused, match="somebody else"):
        statement.agree(statement=made, version=made.version, by=cast.chair)
    made.writers.remove(cast.chair)
    statement.agree(statement=made, version=made.version, by=cast.chair)
    with pytest.raises(Refused):
        statement.agree(statement=made, version=made.version, by=cast.chair)
    with pytest.raises(DatabaseError), transaction.atomic():
        PurposeStatement.objects.update(text="Another")


def test_a_change_is_the_next_version(review, cast):
    agreed(review, cast)
    with pytest.raises(Refused, match="has agreed"):
        written(review, cast, version=1, text="Late")
    second = agreed(review, cast, text="To learn more.")
    assert second.number == 2
    assert queries.agreed(review) == second
    events = AuditEvent.objects.filter(kind="purpose_agreed").order_by("id")
    assert [event.changes for event in events] == [{"number": 1}, {"number": 2}]


def test_nobody_is_told_of_what_is_not_agreed(review, cast):
    written(review, cast)
    with pytest.raises(Refused, match="has not agreed"):
        told(review, cast, Group.FAMILY)


def test_one_occasion_makes_a_line_for_each_group_and_once(review, cast):
    agreed(review, cast)
    told(review, cast, Group.FAMILY, Group.MEMBERS)
    told(review, cast, Group.FAMILY, Group.MEMBERS)
    assert Telling.objects.count() == 2
    assert AuditEvent.objects.filter(kind="telling_recorded").count() == 2
    told(review, cast, Group.FAMILY, token="another")
    assert Telling.objects.count() == 3


@pytest.mark.parametrize("who", ["chair", "liaison", "panel", "auditor", "observer"])
def test_only_who_writes_the_scope_keeps_the_ledger(review, cast, who):
    cast.on(review)
    agreed(review, cast)
    [line] = told(review, cast, Group.FAMILY)
    with pytest.raises(PermissionDenied):
        told(review, cast, Group.MEMBERS, by=cast.people[who])
    with pytest.raises(PermissionDenied):
        ledger.strike(telling=line, by=cast.people[who], reason="Wrong day")
    with pytest.raises(PermissionDenied):
        ledger.waive(review=review, group="family", reason="Later", by=cast.people[who])


def test_days_that_cannot_be(review, cast):
    agreed(review, cast)
    for day in (clock.today() + timedelta(days=1), review.incident_on - timedelta(days=1)):
        with pytest.raises(Refused):
            told(review, cast, Group.FAMILY, told_on=day)
    with pytest.raises(Refused, match="Choose who"):
        told(review, cast)


def test_a_line_is_struck_with_a_reason_and_stays(review, cast):
    agreed(review, cast)
    [line] = told(review, cast, Group.FAMILY)
    with pytest.raises(Refused):
        ledger.strike(telling=line, by=cast.unit, reason=" ")
    ledger.strike(telling=line, by=cast.unit, reason="It was the aunt")
    with pytest.raises(Refused, match="already"):
        ledger.strike(telling=line, by=cast.unit, reason="Again")
    assert Telling.objects.get().struck_reason == "It was the aunt"
    assert words(review)["family"] == "Not told yet"


def test_told_of_an_earlier_version_is_noticed(review, cast):
    agreed(review, cast)
    day = clock.today() - timedelta(days=3)
    told(review, cast, Group.FAMILY, told_on=day)
    agreed(review, cast, text="To learn more.")
    said = words(review)["family"]
    assert said.startswith("Told of version 1 on") and "before version 2 was agreed" in said
    assert not any(row.is_open for row in queries.standings(review) if row.group == "family")
    [line] = told(review, cast, Group.FAMILY, token="again")
    assert line.statement.number == 2
    assert words(review)["family"].startswith("Told on")


def test_a_waiver_has_a_reason_and_an_end(review, cast):
    with pytest.raises(Refused):
        ledger.waive(review=review, group="family", reason=" ", by=cast.unit)
    with pytest.raises(Refused):
        ledger.waive(review=review, group="nobody", reason="Later", by=cast.unit)
    made = ledger.waive(review=review, group="family", reason="They asked to wait", by=cast.unit)
    with pytest.raises(Refused):
        ledger.waive(review=review, group="family", reason="Twice", by=cast.unit)
    assert words(review)["family"] == "Waived: They asked to wait"
    ledger.end_waiver(waiver=made, by=cast.unit)
    with pytest.raises(Refused):
        ledger.end_waiver(waiver=made, by=cast.unit)
    assert words(review)["family"] == "Not told yet"
    assert TellingWaiver.objects.count() == 1


def test_the_work_begins_when_everybody_is_told_or_waived(review, cast):
    cast.on(review, Role.LEAD)
    assert len(blockers(MOVE, review, cast.unit)) == 1 + len(Group)
    with pytest.raises(Refused):
        advance(review=review, to=Stage.UNDER_WAY, by=cast.unit)
    agreed(review, cast)
    ledger.waive(review=review, group="family", reason="They asked to wait", by=cast.unit)
    told(review, cast, *(set(Group) - {Group.FAMILY, Group.REVIEWERS}))
    [left] = blockers(MOVE, review, cast.unit)
    assert "Those who conduct the review" in str(left.text)
    assert left.url.endswith("/purpose#group-reviewers")
    told(review, cast, Group.REVIEWERS)
    builders.excuse_family(review, cast)
    assert advance(review=review, to=Stage.UNDER_WAY, by=cast.unit).stage == Stage.UNDER_WAY


def test_going_back_to_the_work_asks_nothing(cast):
    review = builders.review_at(Stage.DRAFTING, cast)
    Telling.objects.all().delete()
    back = LIFECYCLE.find(Stage.DRAFTING, Stage.UNDER_WAY)
    assert blockers(back, review, cast.unit) == []
