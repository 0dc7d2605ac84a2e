"""A part in proceedings, and what the investigating officer said of contact (QM 12)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from families.involvement.models import Consultation, Standing
from families.involvement.operations import proceedings as operations
from reviews.case.operations.record import Stale
from reviews.planning.parallel import operations as parallel
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

SECRET = "The knife"


def stand(person, by, **said):
    return operations.add_standing(
        person=person, by=by, **{"kind": "criminal", "part": "suspect"} | said
    )


def consult(person, by, token="1", **said):
    given = {
        "officer": "Detective chief inspector",
        "consulted_on": clock.today(),
        "agreed": "yes",
        "terms": "With a colleague present",
        "not_to_discuss": SECRET,
    }
    return operations.consult(person=person, by=by, token=token, **given | said)


def test_a_part_in_proceedings_is_there_once_while_it_lasts(cast, family):
    first = stand(family.father, cast.liaison)
    with pytest.raises(Refused, match="on the record already"):
        stand(family.father, cast.liaison)
    stand(family.father, cast.liaison, part="witness")
    with pytest.raises(Refused, match="Choose"):
        stand(family.father, cast.liaison, part="judge")
    change = operations.change_standing
    with pytest.raises(Refused, match="on the record already"):
        change(standing=first, version=1, by=cast.lead, part="witness")
    with pytest.raises(Refused, match="future"):
        tomorrow = clock.today() + timedelta(1)
        change(standing=first, version=1, by=cast.lead, ended_on=tomorrow)
    change(standing=first, version=1, by=cast.lead, ended_on=clock.today())
    with pytest.raises(Stale):
        change(standing=first, version=1, by=cast.lead, ended_on=None)
    stand(family.father, cast.liaison)
    with pytest.raises(Refused, match="on the record already"):
        change(standing=first, version=2, by=cast.lead, ended_on=None)


def test_the_process_is_for_who_reads_the_plan_and_stays_when_others_write(cast, review, family):
    trial = parallel.add_process(
        review=review, by=cast.unit, kind="criminal", name="Operation Heron", body="Police"
    )
    with pytest.raises(PermissionDenied):
        stand(family.father, cast.liaison, process=trial)
    row = stand(family.father, cast.lead, process=trial)
    operations.change_standing(standing=row, version=1, by=cast.liaison, part="witness")
    row.refresh_from_db()
    assert (row.process, row.part) == (trial, "witness")
    assert "Operation Heron" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "observer", "stranger"])
def test_who_does_not_keep_the_family_writes_nothing(who, cast, family):
    by = cast.people[who]
    row = stand(family.father, cast.liaison)
    with pytest.raises(PermissionDenied):
        stand(family.father, by, part="witness")
    with pytest.raises(PermissionDenied):
        operations.change_standing(standing=row, version=1, by=by, part="witness")
    with pytest.raises(PermissionDenied):
        consult(family.father, by)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"officer": " "}, "which officer"),
        ({"consulted_on": "tomorrow"}, "future"),
        ({"agreed": "perhaps"}, "Choose what"),
        ({"agreed": "from"}, "Give the day"),
        ({"terms": ""}, "in words"),
    ],
)
def test_what_an_officer_said_is_complete(said, words, cast, family):
    if "consulted_on" in said:
        said = {"consulted_on": clock.today() + timedelta(1)}
    with pytest.raises(Refused, match=words):
        consult(family.father, cast.liaison, **said)
    assert not Consultation.objects.exists()


def test_what_an_officer_said_stays_and_is_unreadable_in_the_database(cast, family):
    made = consult(family.father, cast.liaison)
    assert consult(family.father, cast.liaison) == made
    assert made.contact_from is None
    day = clock.today() + timedelta(7)
    assert consult(family.father, cast.lead, "2", agreed="from", contact_from=day).contact_from
    with connection.cursor() as cursor:
        cursor.execute("SELECT not_to_discuss, terms FROM families_consultation")
        assert not any(SECRET in text for row in cursor.fetchall() for text in row)
    assert SECRET not in str(list(AuditEvent.objects.values()))
    for act in (lambda rows: rows.update(agreed="yes"), lambda rows: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(Consultation.objects.all())
    assert Standing.objects.count() == 0
