"""From the request to the answer: found, gone through, signed off by a second person, taken."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from families.contributions.operations import writing
from reviews.case.operations.record import Stale
from reviews.subject_access import answer, operations, queries, searching
from reviews.subject_access.models import AccessItem, AccessRequest
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.matrix.retention import asked
from tests.reviews.subject_access.conftest import NAME, OTHER, decided, one, searched, signed


def said(cast, person, text, visibility="team", **fields):
    return writing.write_down(
        review=person.review,
        person=person,
        said_on=clock.today(),
        said_to="The family liaison",
        topic="The winter",
        text=text,
        visibility=visibility,
        token=text[:60],
        by=fields.pop("by", cast.liaison),
        **fields,
    )


def named(request, part_of_label):
    return [
        item
        for item in AccessItem.objects.filter(part__request=request)
        if part_of_label in item.target_type
    ]


def test_rows_about_the_person_and_texts_that_name_them_are_found(cast, review, person):
    said(cast, person, f"I told {OTHER} of it.")
    builders.a_document(review, cast, content=f"{NAME} came with Zoe.".encode(), title="Minutes")
    found = searched(cast, person)
    kinds = {item.target_type for item in AccessItem.objects.filter(part__request=found)}
    assert {"families.Person", "families.Contribution", "families.ContributionText"} >= kinds - {
        "documents.FileText"
    }
    assert "families.Person" in kinds and "families.Contribution" in kinds


def test_a_register_is_searched_by_name_and_shows_what_people_are_called(cast, review, person):
    names = [each.called for each in searching.candidates(asked(cast, name=NAME), cast.unit)]
    assert names == ["Aunt"]
    assert not list(searching.candidates(asked(cast, name="Nobody Else"), cast.unit))
    other = asked(cast, name=NAME)
    other.board = cast.other_board
    assert not list(searching.candidates(other, cast.outsider))


def test_others_of_the_register_are_blacked_out_and_the_person_is_not(cast, review, person):
    said(cast, person, f"{OTHER} shouted. Zoe left. {NAME} stayed.")
    found = searched(cast, person)
    (item,) = named(found, "families.Contribution")[:1]
    pieces = answer.pieces(item, searching.others_of(item.part))
    text = "".join("" if piece.is_black else piece.text for piece in pieces)
    assert NAME in text and "Zo" not in text and "Quillfeather" not in text


def test_who_may_not_read_what_a_family_said_finds_no_trace_of_it(cast, review, person):
    said(cast, person, "The door was locked.")
    said(cast, person, "For you alone.", visibility="named", by=cast.lead)
    found = searched(cast, person)
    part = found.parts.get()
    texts = {
        who: {item.text for item in queries.readable(part, cast.people[who])}
        for who in ("unit", "liaison", "lead", "panel")
    }
    assert not any("locked" in text for text in texts["unit"])
    assert any("locked" in text for text in texts["liaison"])
    assert not any("alone" in text for text in texts["liaison"] | texts["unit"])
    assert any("alone" in text for text in texts["lead"])
    assert texts["panel"] == set()
    event = AuditEvent.objects.get(kind="board_access_searched")
    assert event.changes["count"] == len(queries.readable(part, cast.unit))


def test_an_item_is_decided_by_who_may_read_it(cast, review, person):
    said(cast, person, "The door was locked.")
    found = searched(cast, person)
    (item, *_more) = named(found, "families.Contribution")
    with pytest.raises(PermissionDenied):
        one(item, cast.unit)
    with pytest.raises(PermissionDenied):
        operations.look(item=item, by=cast.unit)
    kept = one(item, cast.liaison)
    with pytest.raises(Stale):
        one(item, cast.liaison)
    with pytest.raises(Refused, match="ground"):
        one(kept, cast.liaison, decision="withhold")
    one(kept, cast.liaison, decision="withhold", ground="harm", reason="A risk.")


def test_an_answer_needs_everything_decided_somebody_close_and_a_second_person(
    cast, review, person
):
    found = searched(cast, person)
    part = found.parts.get()
    with pytest.raises(Refused, match="not decided"):
        operations.put(request=found, by=cast.unit)
    decided(part, cast.unit)
    with pytest.raises(Refused, match="lead reviewer or the family liaison"):
        operations.put(request=found, by=cast.unit)
    with pytest.raises(Refused, match="liaison does this"):
        operations.go_through(part=part, by=cast.unit)
    decided(part, cast.liaison)
    operations.go_through(part=part, by=cast.liaison)
    put = operations.put(request=found, by=cast.unit)
    with pytest.raises(Refused, match="Somebody else"):
        operations.settle(request=put, is_agreed=True, by=cast.unit)
    with pytest.raises(Refused, match="signed off first"):
        operations.take(part=None, request=put, by=cast.unit)
    done = operations.settle(request=put, is_agreed=True, by=cast.chair)
    assert done.state == AccessRequest.State.SIGNED and answer.is_as_signed(done)
    with pytest.raises(Refused, match="gone on"):
        operations.settle(request=put, is_agreed=True, by=cast.chair)


def test_who_decided_on_an_item_signs_nothing_off(cast, review, person):
    found = searched(cast, person)
    part = found.parts.get()
    decided(part, cast.chair)
    decided(part, cast.liaison)
    operations.go_through(part=part, by=cast.liaison)
    put = operations.put(request=found, by=cast.unit)
    with pytest.raises(Refused, match="decided on some of it"):
        operations.settle(request=put, is_agreed=True, by=cast.chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=put.pk).update(signed_by=put.put_by)


def test_files_hold_what_their_reader_may_read_and_count_what_is_not_given(
    cast, review, person, sign_in
):
    said(cast, person, f"{OTHER} locked the door.")
    found = searched(cast, person)
    part = found.parts.get()
    item = named(found, "families.Contribution")[0]
    one(item, cast.liaison, decision="withhold", ground="confidential", reason="In confidence.")
    signed(cast, found)
    url = f"/boards/{cast.board.slug}/requests/{found.number}/file/zip"
    texts = read(sign_in(cast.unit).get(url))
    assert NAME in texts and "locked" not in texts and OTHER not in texts
    close = f"/reviews/{review.pk}/requests/{part.pk}/file/zip"
    mine = read(sign_in(cast.liaison).get(close))
    assert "Told in confidence" in mine or "told in confidence" in mine
    assert OTHER not in mine and "Quillfeather" not in mine
    assert sign_in(cast.panel).get(close).status_code in (403, 404)
    assert AuditEvent.objects.filter(kind="access_taken").count() == 2


def read(response) -> str:
    assert response.status_code == 200, response.status_code
    with zipfile.ZipFile(io.BytesIO(response.content)) as found:
        names = [name for name in found.namelist() if name.endswith(".txt")]
        assert any(name.endswith(".pdf") for name in found.namelist())
        return "\n".join(found.read(name).decode() for name in names)


def test_a_name_shows_in_the_answer_to_a_post_alone_and_is_recorded(cast, review, person, sign_in):
    found = searched(cast, person)
    part = found.parts.get()
    (item,) = named(found, "families.Person")
    client = sign_in(cast.unit)
    for url in (
        f"/boards/{cast.board.slug}/requests/{found.number}",
        f"/reviews/{review.pk}/requests/{part.pk}/items/{item.pk}",
    ):
        assert NAME not in client.get(url).content.decode()
        assert NAME in client.post(url, {"show": "1"}).content.decode()
    kinds = {"names_shown", "access_item_read"}
    assert set(AuditEvent.objects.filter(kind__in=kinds).values_list("kind", flat=True)) == kinds


def test_searching_again_keeps_what_was_decided_unless_it_has_changed(cast, review, person):
    found = searched(cast, person)
    (item,) = named(found, "families.Person")
    one(item, cast.unit)
    chosen = [f"{review.pk}|families.Person|{person.pk}"]
    operations.search(request=found, chosen=chosen, by=cast.unit)
    item.refresh_from_db()
    assert item.decision == "give"
    type(person).objects.filter(pk=person.pk).update(age="40")
    operations.search(request=found, chosen=chosen, by=cast.unit)
    item.refresh_from_db()
    assert item.decision == "" and "40" in item.text


def test_time_is_extended_once_and_in_the_first_month(cast):
    found = asked(cast, received_on=clock.today() - timedelta(days=20))
    longer = operations.extend(
        request=found, told_on=clock.today(), reason="Many rooms.", by=cast.unit
    )
    assert (longer.due_on - found.due_on).days in range(58, 63)
    with pytest.raises(Refused, match="second time"):
        operations.extend(request=found, told_on=clock.today(), reason="Again.", by=cast.unit)
    late = asked(cast, received_on=clock.today() - timedelta(days=60))
    with pytest.raises(Refused, match="12\\(3\\)"):
        operations.extend(request=late, told_on=clock.today(), reason="Late.", by=cast.unit)


def test_nothing_is_searched_before_the_person_is_known(cast):
    found = asked(cast)
    AccessRequest.objects.filter(pk=found.pk).update(identity_on=None)
    with pytest.raises(Refused, match="who they say"):
        operations.search(request=found, chosen=[], by=cast.unit)


def test_the_worklist_says_when_an_answer_is_due(cast, review, person):
    from reviews.subject_access.contributions import worklist

    found = searched(cast, person)
    assert [need.due for need in worklist(cast.unit)] == [found.due_on]
    (close,) = worklist(cast.liaison)
    assert str(review.pk) in close.url
    assert not worklist(cast.panel) and not worklist(cast.outsider)


@pytest.mark.parametrize("who", ["member", "auditor", "outsider", "stranger", "administrator"])
def test_who_does_not_answer_requests_records_none(cast, who):
    with pytest.raises(PermissionDenied):
        operations.ask(
            board=cast.board,
            who="family",
            name=NAME,
            also_called="",
            email="",
            asks_for="",
            received_on=clock.today(),
            received_how="letter",
            token=who,
            by=cast.people[who],
        )
