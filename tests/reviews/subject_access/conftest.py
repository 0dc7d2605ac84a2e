from typing import Any

import pytest

from families.people.models import Person
from families.people.operations.people import add_person
from reviews.case.models import Review
from reviews.subject_access import operations, queries
from reviews.subject_access.models import AccessItem, AccessPart, AccessRequest
from tests import builders
from tests.cast import Cast
from tests.matrix.retention import asked

NAME = "Ottoline Marchbanks"
OTHER = "Zoë Quillfeather-Hart"


def decided(part: AccessPart, by: Any, **said: Any) -> None:
    """Everything that this person may read and that waits."""
    for item in queries.readable(part, by):
        if not item.decision:
            one(item, by, **said)


def one(item: AccessItem, by: Any, **said: Any) -> AccessItem:
    fields = {"decision": "give", "ground": "", "reason": "", "hide": "", "leave": ""}
    return operations.decide(item=item, version=item.version, by=by, **fields | said)


def searched(cast: Cast, person: Person) -> AccessRequest:
    found = asked(cast, name=NAME)
    chosen = [f"{person.review_id}|families.Person|{person.pk}"]
    operations.search(request=found, chosen=chosen, by=cast.unit)
    found.refresh_from_db()
    return found


def signed(cast: Cast, found: AccessRequest) -> AccessRequest:
    part = found.parts.get()
    decided(part, cast.unit)
    decided(part, cast.liaison)
    operations.go_through(part=part, by=cast.liaison)
    put = operations.put(request=found, by=cast.unit)
    return operations.settle(request=put, is_agreed=True, by=cast.chair)


@pytest.fixture
def review(cast) -> Review:
    found = builders.a_review(cast)
    cast.on(found)
    return found


@pytest.fixture
def person(cast, review) -> Person:
    by = {"review": review, "by": cast.liaison}
    add_person(pseudonym="Neighbour", relationship="neighbour", real_name=OTHER, **by)
    return add_person(pseudonym="Aunt", relationship="aunt_or_uncle", real_name=NAME, **by)
