"""Reasons that touch safety lie encrypted, and older rows are brought there and back."""

from importlib import import_module

import pytest
from django.db import connection

from families.involvement.models import Inclusion
from families.involvement.operations import deciding, waiving
from tests.families.involvement.taking import decide

WORDS = "He does not know where she lives."
migration = import_module("families.migrations.0006_reasons_are_encrypted")


def raw():
    with connection.cursor() as cursor:
        found = []
        for table, column in migration.COLUMNS:
            cursor.execute(f"SELECT {column} FROM {table}")
            found += [row[0] for row in cursor.fetchall()]
    return found


@pytest.fixture
def kept(review, family, cast):
    made = decide(family.mother, cast.liaison, reason=WORDS)
    deciding.disagree(inclusion=made, text=WORDS, token="d", by=cast.lead)
    deciding.note_group(review=review, group="children", words=WORDS, token="g", by=cast.lead)
    waiving.waive(review=review, about="report", reason=WORDS, by=cast.chair)
    return made


def test_no_reason_stands_in_clear(kept):
    found = raw()
    assert len(found) > 4 and WORDS not in found
    assert Inclusion.objects.get().reason == WORDS


def test_rows_are_encrypted_and_brought_back_although_they_stand(kept):
    with connection.schema_editor() as editor:
        migration.decrypt(None, editor)
        assert raw().count(WORDS) == 4
        migration.encrypt(None, editor)
    assert WORDS not in raw() and Inclusion.objects.get().reason == WORDS
