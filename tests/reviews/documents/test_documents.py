"""A document from its first version to its withdrawal, and who may see any of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import Http404

from reviews.case.models import Recusal
from reviews.case.operations import people
from reviews.documents import operations, queries
from reviews.documents.models import Document, DocumentVersion
from reviews.permissions import Permission as P
from scr_portal.accounts.models import BoardRole
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from scr_portal.documents import operations as engine
from scr_portal.documents.models import StoredFile
from scr_portal.notifications.models import Notification
from tests.builders import a_document, a_review
from tests.cast import gather
from tests.together import at_once


@pytest.fixture
def review(cast):
    review = a_review(cast)
    cast.on(review)
    return review


def text(content: str = "Other words", name: str = "minutes.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def add_version(document, by, content="Other words", since=1, token="next"):
    return operations.add_version(
        document=document, by=by, upload=text(content), token=token, since=since
    )


def seen_by(user, review):
    return set(Document.objects.readable(user, review))


def test_who_adds_is_its_owner_and_the_history_keeps_its_hash(review, cast):
    document = a_document(review, cast, by=cast.lead, title="What Ann said")
    version = document.versions.get()
    assert (document.owner, document.marking, version.number) == (cast.lead, "sensitive", 1)
    assert version.file.review_id == review.pk
    event = AuditEvent.objects.get(kind="document_added")
    assert event.changes == {"sha256": version.file.sha256}
    assert "Ann" not in event.target_label
    assert event.review_id == review.pk


@pytest.mark.parametrize(
    ("permission", "readers"),
    [
        (P.READ_DOCUMENTS, {"unit", "chair", "auditor", "lead", "liaison", "panel"}),
        (P.READ_PLAN, {"unit", "chair", "auditor", "lead", "panel"}),
        (P.SEE_FAMILY, {"unit", "chair", "auditor", "lead", "liaison"}),
        (P.SEE_NAMES, {"unit", "chair", "lead", "liaison"}),
        (P.EDIT, {"unit"}),
    ],
)
def test_a_document_says_who_may_read_it(review, cast, permission, readers):
    document = a_document(review, cast, permission=permission)
    found = {name for name, person in cast.people.items() if document in seen_by(person, review)}
    assert found == readers


def test_a_recusal_closes_the_documents_too(review, cast):
    a_document(review, cast)
    people.recuse(review=review, user=cast.lead, reason="Is related", by=cast.unit)
    assert Recusal.objects.exists()
    review = type(review).objects.get(pk=review.pk)
    assert seen_by(cast.lead, review) == set()


def test_nobody_gives_a_document_readers_whom_they_are_not_among(review, cast):
    with pytest.raises(PermissionDenied):
        a_document(review, cast, by=cast.lead, permission=P.EDIT)
    for who in (cast.panel, cast.chair, cast.auditor, cast.observer, cast.stranger, cast.outsider):
        with pytest.raises(PermissionDenied):
            a_document(review, cast, by=who)
    assert not StoredFile.objects.exists()


def test_a_private_zone_is_for_the_people_of_one_board(review, cast):
    review.partner_boards.add(cast.other_board)
    people.grant(
        review=review,
        user=cast.outsider,
        permission=P.VIEW,
        reason="Cross-border",
        by=cast.unit,
        ends=None,
    )
    for permission in (P.READ_DOCUMENTS, P.ADD_DOCUMENTS):
        people.grant(
            review=review,
            user=cast.outsider,
            permission=permission,
            reason="Cross-border",
            by=cast.unit,
            ends=None,
        ) if cast.unit.has_perm(permission, review) else None
    review = type(review).objects.select_related("board").get(pk=review.pk)
    theirs = a_document(review, cast, by=cast.outsider, private_to=cast.other_board)
    shared = a_document(review, cast, by=cast.outsider)
    ours = a_document(review, cast, private_to=cast.board)
    assert seen_by(cast.outsider, review) == {theirs, shared}
    assert seen_by(cast.unit, review) == {ours, shared}
    assert seen_by(cast.lead, review) == {shared}
    with pytest.raises(PermissionDenied):
        a_document(review, cast, private_to=cast.other_board)
    with pytest.raises(Refused, match="can't be its owner"):
        operations.change(document=ours, by=cast.unit, owner=cast.outsider)
    with pytest.raises(Refused, match="can't be its owner"):
        operations.change(document=shared, by=cast.unit, private_to=cast.board)
    BoardRole.objects.filter(user=cast.outsider).delete()
    assert seen_by(cast.outsider, review) == {shared}


def test_a_version_never_changes_what_came_before(review, cast):
    document = a_document(review, cast)
    before = document.versions.get().file
    version = add_version(document, cast.lead)
    assert version.number == 2
    assert [each.number for each in document.versions.all()] == [2, 1]
    assert engine.opened(before).read() == b"What was said."
    for change in ({"number": 5}, {"note": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DocumentVersion.objects.filter(pk=version.pk).update(**change)


def test_a_double_click_adds_once(review, cast):
    first = a_document(review, cast, token="one click")
    assert a_document(review, cast, token="one click") == first
    again = add_version(first, cast.unit)
    assert add_version(first, cast.unit, since=2) == again
    assert DocumentVersion.objects.count() == StoredFile.objects.count() == 2
    assert a_document(review, cast, by=cast.lead, token="one click") != first


def test_two_clicks_at_once_add_once(transactional_db):
    cast = gather()
    review = a_review(cast)

    def act():
        return a_document(review, cast, token="one click")

    one, other = at_once(act, act)
    assert one == other
    assert StoredFile.objects.count() == 1
    assert AuditEvent.objects.filter(kind="document_added").count() == 1


def test_of_two_new_versions_at_once_the_second_is_told_of_the_first(transactional_db):
    cast = gather()
    review = a_review(cast)
    cast.on(review, "lead")
    document = a_document(review, cast)
    outcomes = at_once(
        lambda: add_version(document, cast.unit, "Unit's words", token="u"),
        lambda: add_version(document, cast.lead, "Lead's words", token="l"),
    )
    [refused] = [each for each in outcomes if isinstance(each, Refused)]
    [kept] = [each for each in outcomes if isinstance(each, DocumentVersion)]
    assert f"{kept.by} added version 2" in str(refused)
    assert StoredFile.objects.count() == 2


def test_the_very_same_file_is_no_new_version(review, cast):
    document = a_document(review, cast)
    with pytest.raises(Refused, match="very same file as version 1"):
        add_version(document, cast.unit, "What was said.")


def test_what_a_file_may_not_hold_leaves_no_document(review, cast):
    with pytest.raises(Refused, match="zip"):
        a_document(review, cast, content=b"PK\x03\x04 zip", file="zip.zip")
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_owner_and_the_unit_change_it_and_nobody_else(review, cast):
    document = a_document(review, cast, by=cast.lead)
    operations.change(document=document, by=cast.lead, title="Notes", permission=P.SEE_NAMES)
    operations.change(document=document, by=cast.unit, owner=cast.liaison)
    document.refresh_from_db()
    assert (document.title, document.permission) == ("Notes", P.SEE_NAMES)
    for who in (cast.lead, cast.chair):
        with pytest.raises(PermissionDenied):
            operations.change(document=document, by=who, title="Mine")
    events = AuditEvent.objects.filter(kind="document_changed").order_by("id")
    assert [each.changes for each in events] == [
        {"fields": "who may read it, title"},
        {"fields": "owner"},
    ]


def test_readers_are_changed_within_what_one_may_read(review, cast):
    document = a_document(review, cast, by=cast.lead)
    with pytest.raises(PermissionDenied):
        operations.change(document=document, by=cast.lead, permission=P.EDIT)
    with pytest.raises(Refused, match="can't be its owner"):
        operations.change(document=document, by=cast.unit, permission=P.EDIT)
    operations.change(document=document, by=cast.unit, permission=P.EDIT, owner=cast.unit)
    assert seen_by(cast.lead, review) == set()


def test_who_can_no_longer_read_it_adds_no_version(review, cast):
    document = a_document(review, cast, by=cast.lead)
    operations.change(document=document, by=cast.unit, permission=P.EDIT, owner=cast.unit)
    with pytest.raises(PermissionDenied):
        add_version(document, cast.lead)
    assert StoredFile.objects.count() == 1


def test_what_is_withdrawn_is_out_of_sight_and_can_be_put_back(review, cast):
    document = a_document(review, cast)
    operations.withdraw(document=document, by=cast.unit, reason="The wrong file")
    operations.withdraw(document=document, by=cast.unit, reason="Twice")
    document.refresh_from_db()
    assert document.withdrawn_reason == "The wrong file"
    assert seen_by(cast.panel, review) == seen_by(cast.chair, review) == set()
    assert seen_by(cast.lead, review) == {document}
    operations.put_back(document=document, by=cast.unit)
    operations.put_back(document=document, by=cast.unit)
    assert seen_by(cast.panel, review) == {document}
    kinds = AuditEvent.objects.filter(kind__in=["document_withdrawn", "document_put_back"])
    assert kinds.count() == 2


def test_each_download_is_in_the_history(review, cast):
    document = a_document(review, cast)
    version = document.versions.get()
    operations.download(version=version, by=cast.panel)
    event = AuditEvent.objects.get(kind="downloaded")
    digest = version.file.sha256  # a text file has nothing to lose, so its copy is the same
    assert (event.actor_id, event.changes) == (cast.panel.pk, {"sha256": digest, "copy": digest})
    for who in (cast.observer, cast.stranger, cast.member):
        with pytest.raises(PermissionDenied):
            operations.download(version=version, by=who)
    assert AuditEvent.objects.filter(kind="downloaded").count() == 1


@pytest.mark.parametrize("state", ["waiting", "refused"])
def test_what_the_scanner_has_not_let_through_is_given_to_nobody(review, cast, state):
    version = a_document(review, cast).versions.get()
    StoredFile.objects.update(scan=state)
    version = DocumentVersion.objects.get()
    with pytest.raises(Http404):
        operations.download(version=version, by=cast.unit)
    assert not AuditEvent.objects.filter(kind="downloaded").exists()


def test_a_refused_scan_is_told_to_who_may_know_of_it(review, cast):
    document = a_document(review, cast, by=cast.lead, permission=P.SEE_NAMES)
    engine._refuse(document.versions.get().file, "Test.Evil")
    told = Notification.objects.filter(kind="file_refused")
    assert {each.user for each in told} == {cast.lead, cast.unit}
    assert told[0].link == document.get_absolute_url()
    event = AuditEvent.objects.get(kind="file_refused")
    assert (event.review_id, event.target_label) == (review.pk, "text file")
    clean = add_version(document, cast.lead, "What was said.")
    assert clean.number == 2


def test_documents_belong_to_a_thing_that_its_room_answers_for(review, cast, settings):
    path = "tests.reviews.documents.targets.children"
    settings.CONTRIBUTIONS = settings.CONTRIBUTIONS | {"document_targets": [path]}
    child = review.children.get()
    document = a_document(review, cast, about=child, permission=P.SEE_FAMILY)
    a_document(review, cast)
    assert queries.about(cast.lead, child) == [document]
    assert queries.about(cast.panel, child) == []
    assert queries.target("reviews.child", str(child.pk), review, cast.lead) == child
    assert queries.target("reviews.child", str(child.pk), review, cast.panel) is None
    assert queries.target("reviews.child", "999999", review, cast.lead) is None
    assert queries.target("reviews.review", str(review.pk), review, cast.lead) is None
    operations.withdraw(document=document, by=cast.unit, reason="Wrong child")
    assert queries.about(cast.lead, child) == []
