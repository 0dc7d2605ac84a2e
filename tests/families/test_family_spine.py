"""What stands below every room of the family: hidden events, identifiers, and old appointments."""

from django.db.models import Q

from reviews.case import identifiers as words
from reviews.case.identifiers import Identifier, found_in
from reviews.case.queries import history_for


def test_an_event_that_a_room_hides_is_in_nobodys_history(review, family, cast, monkeypatch):
    of_family = Q(kind="person_added")
    assert history_for(review, cast.unit).filter(of_family).count() == 3
    monkeypatch.setattr("reviews.case.queries.collect", lambda question, *_: [of_family])
    assert not history_for(review, cast.unit).filter(of_family).exists()
    assert history_for(review, cast.unit).exists()


def test_identifiers_are_found_as_words_of_their_own():
    known = [Identifier("Ana Lane", "name"), Identifier("12 High Street", "address")]
    assert found_in("She met ana\nlane there.", known) == known[:1]
    assert found_in("Diana Lanes of 112 High Street", known) == []


def test_a_word_too_short_to_trace_anybody_is_left_out(review, monkeypatch):
    given = [Identifier("Jo", "name"), Identifier("Joan", "name")]
    monkeypatch.setattr(words, "collect", lambda *_: given)
    assert words.identifiers(review) == given[1:]
