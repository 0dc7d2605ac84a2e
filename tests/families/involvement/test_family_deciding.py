"""The ledger: lines that stay, the newest counts, and disagreement beside it (QM 12.1, 12.2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from families.involvement.models import Disagreement, GroupNote, Inclusion
from families.involvement.operations import deciding as operations
from families.involvement.operations import proceedings
from families.involvement.queries import deciding as queries
from families.involvement.rules import deciding as rules
from reviews.planning.parallel import operations as parallel
from reviews.planning.parallel.models import ParallelProcess
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.families.involvement.taking import WORDS, decide


@pytest.fixture
def trial(review, cast) -> ParallelProcess:
    return parallel.add_process(
        review=review, by=cast.unit, kind="criminal", name="The trial", body="Police"
    )


def test_the_newest_line_counts_and_the_older_one_stays(cast, review, family):
    decide(family.mother, cast.liaison)
    decide(family.mother, cast.lead, "2", choice="not_invited", why="own_wish")
    decide(family.father, cast.lead, "3")
    newest = queries.newest(review)
    assert newest[family.mother.pk].choice == "not_invited"
    assert newest[family.father.pk].choice == "invited"
    assert [row.choice for row in queries.ledger(family.mother)] == ["not_invited", "invited"]
    assert queries.invited(review) == [family.father.pk]


def test_a_kind_of_reason_is_only_for_who_does_not_take_part(cast, family):
    assert decide(family.mother, cast.liaison, why="health").why == ""


def test_sent_twice_it_is_one_line(cast, family):
    assert decide(family.mother, cast.liaison).pk == decide(family.mother, cast.liaison).pk
    assert Inclusion.objects.count() == 1
    assert AuditEvent.objects.filter(kind="family_decided").count() == 1


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "observer", "agency", "stranger"])
def test_who_does_not_keep_the_family_decides_nothing(who, cast, review, family):
    by = cast.people[who]
    made = decide(family.mother, cast.liaison)
    acts = [
        lambda: decide(family.mother, by, "2"),
        lambda: operations.disagree(inclusion=made, text="No", token="2", by=by),
        lambda: operations.note_group(review=review, group="children", words="x", token="2", by=by),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_a_decision_without_a_reason_is_refused(cast, family):
    with pytest.raises(Refused, match="either way"):
        decide(family.mother, cast.liaison, reason=" ")
    with pytest.raises(Refused, match="kind of reason"):
        decide(family.mother, cast.liaison, choice="later")
    assert not Inclusion.objects.exists()


def test_the_history_says_who_and_not_why(cast, family):
    decide(family.mother, cast.liaison)
    event = AuditEvent.objects.get(kind="family_decided")
    assert event.target_label == "Mother"
    assert WORDS not in str(event.changes)


def test_a_decision_may_wait_for_a_process_that_one_may_read_of(cast, review, family, trial):
    with pytest.raises(PermissionDenied):
        decide(family.father, cast.liaison, look_again_after=trial)
    made = decide(
        family.father, cast.lead, choice="later", why="proceedings", look_again_after=trial
    )
    assert made.look_again_after == trial
    today = clock.today()
    assert not queries.due([review], today).exists()
    parallel.end_process(process=trial, ended_on=today, by=cast.unit)
    [due] = queries.due([review], today)
    assert due == made
    decide(family.father, cast.lead, "2")
    assert not queries.due([review], today).exists()
    with pytest.raises(Refused, match="has ended"):
        decide(family.father, cast.lead, "3", look_again_after=trial)


def test_a_process_of_another_review_is_not_found(cast, review, family, trial):
    ParallelProcess.objects.filter(pk=trial.pk).delete()
    with pytest.raises(ParallelProcess.DoesNotExist):
        decide(family.father, cast.lead, look_again_after=trial)


def test_a_decision_is_due_on_its_day_and_settled_by_the_next(cast, review, family):
    day = clock.today() + timedelta(days=90)
    decide(family.mother, cast.lead, look_again_on=day)
    assert not queries.due([review], day - timedelta(1)).exists()
    assert queries.due([review], day).exists()
    decide(family.mother, cast.lead, "2")
    assert not queries.due([review], day).exists()


def test_disagreement_is_kept_beside_the_decision(cast, family):
    made = decide(family.mother, cast.liaison)
    said = {"inclusion": made, "text": "I would wait for the trial.", "token": "1"}
    first = operations.disagree(by=cast.lead, **said)
    assert operations.disagree(by=cast.lead, **said) == first
    with pytest.raises(Refused, match="what you would have decided"):
        operations.disagree(inclusion=made, text=" ", token="2", by=cast.lead)
    assert list(made.disagreements.all()) == [first]
    assert Inclusion.objects.get().choice == "invited"


def test_that_there_are_none_is_said_with_how_it_is_known(cast, review, family):
    note = {"review": review, "by": cast.liaison, "words": "Mother says she is an only child."}
    with pytest.raises(Refused, match="on the record already"):
        operations.note_group(group="grandparents", token="1", **note)
    with pytest.raises(Refused, match="on the record already"):
        operations.note_group(group="neighbours", token="1", **note)
    with pytest.raises(Refused, match="how it is known"):
        operations.note_group(group="children", token="1", **note | {"words": " "})
    people = list(review.family.all())
    assert [gap.note for gap in queries.gaps(review, people)] == [None]
    made = operations.note_group(group="children", token="1", **note)
    assert operations.note_group(group="children", token="1", **note) == made
    assert [gap.note for gap in queries.gaps(review, people)] == [made]


@pytest.mark.parametrize("model", [Inclusion, Disagreement, GroupNote])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_postgresql_itself_lets_no_line_be_changed(model, act, cast, review, family):
    made = decide(family.mother, cast.liaison)
    operations.disagree(inclusion=made, text="No", token="1", by=cast.lead)
    operations.note_group(review=review, group="children", words="x", token="1", by=cast.lead)
    rows = model.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(at=clock.now()) if act == "update" else rows._raw_delete(rows.db)


def ends(standing, by):
    proceedings.change_standing(
        standing=standing, version=standing.version, ended_on=clock.today(), by=by
    )


def test_a_liaison_lets_a_decision_wait_for_the_persons_own_proceedings(cast, review, family):
    said = {"choice": "later", "why": "health", "look_again_kind": "criminal"}
    with pytest.raises(Refused, match="no part in such proceedings"):
        decide(family.father, cast.liaison, **said)
    own = proceedings.add_standing(
        person=family.father, kind="criminal", part="suspect", by=cast.liaison
    )
    made = decide(family.father, cast.liaison, **said)
    today, standings = clock.today(), family.father.standings
    assert not queries.due([review], today) and not rules.is_due(made, today, standings.all())
    ends(own, cast.liaison)
    assert list(queries.due([review], today)) == [made]
    assert rules.is_due(made, today, standings.all())


def test_the_end_of_all_proceedings_makes_a_decision_due_that_they_caused(cast, review, family):
    own = {"person": family.father, "by": cast.liaison}
    rows = [
        proceedings.add_standing(kind="criminal", part="suspect", **own),
        proceedings.add_standing(kind="civil", part="party", **own),
    ]
    made = decide(family.father, cast.liaison, choice="not_invited", why="proceedings")
    today = clock.today()
    ends(rows[0], cast.liaison)
    assert not queries.due([review], today)
    assert not rules.is_due(made, today, family.father.standings.all())
    ends(rows[1], cast.liaison)
    assert list(queries.due([review], today)) == [made]
    assert rules.is_due(made, today, family.father.standings.all())
