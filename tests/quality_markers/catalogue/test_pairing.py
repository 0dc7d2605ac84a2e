from dataclasses import replace

import pytest

from quality_markers.catalogue import differences, mapping, operations, queries
from quality_markers.catalogue.book import Asked, Book, Chapter
from quality_markers.catalogue.local import with_own
from quality_markers.catalogue.models import LOCAL
from quality_markers.catalogue.pairing import paired
from tests.quality_markers.catalogue import invented


def chapter(number: int, *asked: str, title: str = "", **fields) -> Chapter:
    questions = tuple(Asked(place, text) for place, text in enumerate(asked, start=1))
    title = title or f"Marker {number}"
    return Chapter(number=number, title=title, questions=questions, **fields)


def book(*chapters: Chapter, edition: str = "1", framework: str = "any") -> Book:
    return Book(edition, ("One",), chapters, title="A title", framework=framework)


def test_within_an_edition_a_number_names_a_question_whatever_its_words():
    old = book(chapter(1, "Is it so?", "Why?"))
    new = book(chapter(1, "Something else entirely, in other words", "Why?"))
    assert paired(old, new) == {(1, 1): (1, 1), (1, 2): (1, 2)}


def test_from_one_edition_to_the_next_words_come_first():
    old = book(chapter(1, "Was the child seen alone?", "Who spoke to them?"))
    new = book(
        chapter(1, "A new one entirely?", "Was the child seen alone?", "And who spoke to them?"),
        edition="2",
    )
    assert paired(old, new) == {(1, 1): (1, 2)}


def test_a_question_that_moved_to_another_marker_is_found_by_its_words():
    old = book(chapter(1, "Is it so?", "Why?"), chapter(2, "When?"))
    new = book(chapter(1, "Is it so?"), chapter(2, "When?", "Why?"), edition="2")
    assert paired(old, new) == {(1, 1): (1, 1), (2, 1): (2, 1), (1, 2): (2, 2)}


def test_a_marker_keeps_its_title_where_its_number_changes():
    old = book(chapter(1, "Was it told to all?", title="Telling"))
    new = book(
        chapter(1, "Who asks?", title="Asking"),
        chapter(2, "Was it told to them all?", title="Telling"),
        edition="2",
    )
    assert paired(old, new) == {(1, 1): (2, 1)}


def test_nothing_is_the_same_in_another_framework():
    assert paired(book(chapter(1, "Why?")), book(chapter(1, "Why?"), framework="other")) == {}


def test_no_question_is_matched_twice():
    old = book(chapter(1, "Why?"), chapter(2, "Why?"))
    new = book(chapter(1, "Why?"), chapter(3, "Why?"), edition="2")
    found = paired(old, new)
    assert len(set(found.values())) == len(found) == 2


@pytest.mark.django_db
def test_our_wording_and_the_published_one_are_the_same_questions(django_assert_num_queries):
    own = operations.load_own()
    official = operations.import_published(content=invented.text().encode())
    with django_assert_num_queries(1):
        found = mapping.matched(own, official)
    assert len(found) == 107
    question = own.markers.get(number=12).questions.get(number=4)
    assert found[question.pk] == official.markers.get(number=12).questions.get(number=4).pk
    back = mapping.matched(official, own)
    assert {new: old for old, new in found.items()} == back
    assert mapping.matched(own, own)[question.pk] == question.pk


@pytest.mark.django_db
def test_another_framework_matches_nothing(invented_catalogue):
    assert mapping.matched(operations.load_own(), invented_catalogue) == {}


def test_differences_say_what_was_added_taken_out_changed_and_moved():
    old = book(chapter(1, "Same?", "Old words of it?", "Gone?"), chapter(2, "Whole?"))
    new = book(
        replace(chapter(1, "Same?", "New words of it?"), local_guidance="Ask Ida.", is_family=True),
        chapter(3, "Whole?", "Fresh?"),
    )
    found = differences.between(old, new)
    first, third, second = found.markers
    assert [(each.kind, each.before, each.after) for each in first.questions] == [
        ("changed", "1.2", "1.2"),
        ("removed", "1.3", ""),
    ]
    assert [str(words.label) for words in first.words] == [
        "Guidance of this board",
        "About the family",
    ]
    assert third.kind == "added"
    assert [(each.kind, each.before, each.after) for each in third.questions] == [
        ("moved", "2.1", "3.1"),
        ("added", "", "3.2"),
    ]
    assert (second.kind, second.questions) == ("removed", ())
    assert not found.facts and found.same == 0


def test_no_differences_are_nothing():
    found = differences.between(book(chapter(1, "Why?")), book(chapter(1, "Why?")))
    assert not found and found.same == 1


@pytest.mark.django_db
def test_differences_of_whole_catalogues(invented_catalogue):
    own = queries.book_of(operations.load_own())
    other = queries.book_of(invented_catalogue)
    found = differences.between(own, other)
    assert len(found.markers) == 18 + 15
    assert str(found.facts[0].label) == "Framework"


def test_own_words_go_along_into_a_newer_version():
    ours = (Asked(1, "Why?"), Asked(LOCAL + 1, "Ours?"))
    own = book(replace(chapter(1), questions=ours, local_guidance="Ask Ida."), chapter(2, "x?"))
    newer = book(chapter(1, "Why ever?"), chapter(2, "x?"), edition="2")
    found = with_own(newer, own)
    assert [asked.text for asked in found.chapters[0].questions] == ["Why ever?", "Ours?"]
    assert found.chapters[0].local_guidance == "Ask Ida."
    assert found.chapters[1] == newer.chapters[1]
    assert with_own(found, own) == found
