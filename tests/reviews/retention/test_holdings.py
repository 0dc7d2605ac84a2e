"""No table with content of a case is missed, and none of its texts by accident."""

import pytest
from django.apps import apps
from django.db import models

from reviews.case.models import CaseModel
from reviews.retention import holdings
from reviews.retention.holdings import REMOVED, Ending


def test_every_table_that_leads_to_a_review_is_named_by_its_room():
    assert holdings.unnamed() == set()
    assert set(holdings.by_name()) - holdings.of_a_case() == set()


def test_every_case_model_is_found_by_the_walk():
    tables = {each._meta.label for each in apps.get_models() if issubclass(each, CaseModel)}
    assert len(tables) > 60
    assert tables <= holdings.of_a_case()
    assert {"documents.FileText", "guests.GuestLetter", "drafts.Draft"} <= holdings.of_a_case()


def test_a_table_that_nobody_names_is_missed_loudly(monkeypatch):
    left = tuple(each for each in holdings.holdings() if each.name != "reviews.Meeting")
    monkeypatch.setattr(holdings, "holdings", lambda: left)
    holdings.by_name.cache_clear()
    try:
        assert holdings.unnamed() == {"reviews.Meeting"}
    finally:
        monkeypatch.undo()
        holdings.by_name.cache_clear()


@pytest.mark.parametrize("label", sorted(holdings.by_name()))
def test_fields_that_are_spared_exist_and_what_is_stripped_may_be(label):
    found = holdings.by_name()[label]
    names = {field.name for field in found.model._meta.get_fields()}
    spared = {*found.keeps, *found.numbered, *dict(found.sets)}
    assert spared <= names
    if found.ending is Ending.REMOVE:
        assert not spared
        return
    unique = {
        name
        for rule in found.model._meta.constraints
        if isinstance(rule, models.UniqueConstraint)
        for name in rule.fields
    }
    for field in found.stripped():
        assert not field.unique and field.name not in unique, field.name
        assert not field.max_length or field.max_length >= len(REMOVED), field.name


def test_tables_between_two_others_are_found():
    found = {table._meta.label for table, _key, _end in holdings.between(holdings.by_name())}
    assert {"reviews.Decision_writers", "quality_markers.Improvement_themes"} <= found
