"""Photographs and objects: who keeps and sees them, and what ends with consent."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.contributions.contributions import about_person, document_targets, rooms, worklist
from families.contributions.models import Keepsake
from families.contributions.operations import keepsakes
from reviews.case.queries import history_for
from reviews.documents import operations as documents
from reviews.documents.models import Document
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.families.contributions.saying import a_keepsake, somebody


def url(name, review, *more):
    return reverse(f"families:{name}", args=[review.pk, *more])


def with_a_file(review, cast, **said):
    made = a_keepsake(review, cast, **said)
    upload = SimpleUploadedFile("seaside.txt", b"What it shows.")
    keepsakes.attach(keepsake=made, upload=upload, by=made.by, token="one-click")
    made.refresh_from_db()
    return made


def typed(person, **more):
    return {
        "what": "Photograph at the seaside",
        "person": person.pk,
        "consent": "report",
        "consent_by": "Mother",
        "consent_on": clock.today().isoformat(),
        "note": "She loved the sea.",
        "token": "one-click",
    } | more


def test_a_form_sent_twice_keeps_one_with_its_file(review, cast, family, sign_in):
    client, address = sign_in(cast.liaison), url("keepsake_new", review)
    for _click in range(2):
        sent = typed(family.mother, file=SimpleUploadedFile("sea.txt", b"The sea."))
        answer = client.post(address, sent)
    made = Keepsake.objects.get()
    assert answer.url == made.get_absolute_url()
    document = Document.objects.get()
    assert made.document == document and document.permission == "reviews.see_family"
    assert (document.about_type, document.about_id) == ("families.keepsake", str(made.pk))
    page = client.get(made.get_absolute_url()).content.decode()
    assert document.get_absolute_url() in page and "Attach a document" in page
    assert "She loved the sea." in page


def test_an_object_needs_no_file(review, cast, family, sign_in):
    client = sign_in(cast.unit)
    assert client.post(url("keepsake_new", review), typed(family.mother)).status_code == 302
    assert "An object, without a document." in client.get(url("keepsakes", review)).content.decode()


def test_a_file_that_is_not_let_in_is_said_under_the_field(review, cast, family, sign_in):
    sent = typed(family.mother, file=SimpleUploadedFile("sea.exe", b"MZ\x90\x00"))
    answer = sign_in(cast.liaison).post(url("keepsake_new", review), sent)
    assert answer.status_code == 200 and answer.context["form"].errors["file"]
    assert not Keepsake.objects.exists()


def test_what_is_put_right_beside_a_refused_file_counts(review, cast, family):
    a_keepsake(review, cast, person=family.mother, token="one-click", consent="published")
    again = a_keepsake(review, cast, person=family.mother, token="one-click", consent="team")
    assert Keepsake.objects.get() == again and again.consent == "team"
    again = a_keepsake(review, cast, person=family.mother, token="one-click", consent="published")
    assert again.consent == "team" and Keepsake.objects.get().version == 2


@pytest.mark.parametrize("who", ["unit", "chair", "auditor", "lead", "liaison"])
def test_who_sees_the_register_sees_them(review, cast, sign_in, who):
    made = with_a_file(review, cast)
    client = sign_in(cast.people[who])
    assert "Photograph at the seaside" in client.get(url("keepsakes", review)).content.decode()
    assert client.get(made.get_absolute_url()).status_code == 200
    assert url("keepsakes", review) in {row["url"] for row in rooms(review, cast.people[who])}
    assert Document.objects.readable(cast.people[who], review).exists()


@pytest.mark.parametrize("who", ["panel", "observer"])
def test_nobody_else_sees_them(review, cast, sign_in, who):
    made = with_a_file(review, cast)
    user, client = cast.people[who], sign_in(cast.people[who])
    for address in (url("keepsakes", review), made.get_absolute_url()):
        assert client.get(address).status_code == 403
    assert rooms(review, user) == []
    assert not Document.objects.readable(user, review).exists()
    assert document_targets("families.keepsake", str(made.pk), review, user) == []
    assert about_person(made.person, user) == []
    assert not history_for(review, user).filter(target_type="families.keepsake").exists()


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "stranger", "outsider"])
def test_only_who_keeps_the_register_keeps_them(review, cast, who):
    made, user = a_keepsake(review, cast), cast.people[who]
    for act in (
        lambda: a_keepsake(review, cast, by=user),
        lambda: keepsakes.change_keepsake(keepsake=made, version=1, by=user, what="Other"),
        lambda: keepsakes.take_back(keepsake=made, on=clock.today(), by=user),
        lambda: keepsakes.give_back(keepsake=made, on=clock.today(), by=user),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_consent_that_is_taken_back_withdraws_every_document(review, cast, sign_in):
    """Whoever had added them, and whoever says so."""
    made = with_a_file(review, cast, by=cast.liaison)
    builders.a_document(review, cast, by=cast.unit, about=made, permission="reviews.see_family")
    client = sign_in(cast.lead)
    take_back = url("keepsake_take_back", review, made.pk)
    assert client.post(take_back, {"on": clock.today().isoformat()}).status_code == 302
    assert not Document.objects.in_use().exists()
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Consent taken back" in page and "Attach a document" not in page
    again = client.post(take_back, {"on": clock.today().isoformat()}).content.decode()
    assert "taken back already" in again
    assert AuditEvent.objects.filter(kind="family_consent_ended").count() == 1
    assert AuditEvent.objects.filter(kind="document_withdrawn").count() == 2
    with pytest.raises(Refused, match="nothing more is kept"):
        keepsakes.attach(keepsake=Keepsake.objects.get(), upload=None, by=cast.unit, token="x")
    with pytest.raises(Refused, match="can't be changed"):
        keepsakes.change_keepsake(keepsake=made, version=2, by=cast.unit, what="Other")
    assert document_targets("families.keepsake", str(made.pk), review, cast.unit) == []


def test_it_waits_until_it_is_home_and_no_document_is_in_use(review, cast, sign_in):
    made = with_a_file(review, cast)

    def waits(who):
        return [str(need.text) for need in worklist(cast.people[who])]

    assert waits("unit") == []
    keepsakes.take_back(keepsake=made, on=clock.today(), by=cast.liaison)
    assert len(waits("unit")) == 1 and len(waits("lead")) == 1 and waits("chair") == []
    keepsakes.give_back(keepsake=made, on=clock.today(), by=cast.liaison)
    assert waits("unit") == []
    with pytest.raises(Refused, match="given back already"):
        keepsakes.give_back(keepsake=made, on=clock.today(), by=cast.liaison)
    documents.put_back(document=made.document, by=cast.unit)
    assert len(waits("unit")) == 1
    page = sign_in(cast.unit).get(made.get_absolute_url()).content.decode()
    assert "yet a document of it is in use" in page


@pytest.mark.parametrize("days", [1, -1])
def test_a_day_that_can_not_be_is_refused(review, cast, days):
    made = a_keepsake(review, cast)
    with pytest.raises(Refused, match="between"):
        keepsakes.take_back(keepsake=made, on=clock.today() + timedelta(days=days), by=cast.liaison)
    with pytest.raises(Refused, match="in the future"):
        a_keepsake(review, cast, consent_on=clock.today() + timedelta(days=1))


def test_two_editors_see_each_other(review, cast, sign_in):
    made = a_keepsake(review, cast)
    keepsakes.change_keepsake(keepsake=made, version=1, by=cast.unit, what="Her blue cup")
    sent = typed(made.person, version=1, what="Her cup")
    answer = sign_in(cast.lead).post(url("keepsake_edit", review, made.pk), sent)
    assert answer.status_code == 409
    assert "Her blue cup" in answer.content.decode() and "Her cup" in answer.content.decode()
    saved = sign_in(cast.lead).post(url("keepsake_edit", review, made.pk), sent | {"version": 2})
    assert saved.status_code == 302


def test_a_keepsake_is_of_one_review(review, cast, sign_in):
    other = builders.a_review(cast)
    cast.on(other)
    made = a_keepsake(other, cast)
    assert sign_in(cast.unit).get(url("keepsake", review, made.pk)).status_code == 404
    assert document_targets("families.keepsake", str(made.pk), review, cast.unit) == []
    assert document_targets("families.keepsake", "x", other, cast.unit) == []
    with pytest.raises(Refused, match="family register of this review"):
        a_keepsake(review, cast, person=somebody(other, cast))


def test_the_list_costs_the_same_at_any_size(review, cast, sign_in):
    client, counts, made = sign_in(cast.unit), [], 0
    for size in (1, 10, 40):
        while made < size:
            made += 1
            keepsake = a_keepsake(review, cast, what=f"Thing {made}")
            builders.a_document(
                review, cast, about=keepsake, permission="reviews.see_family", by=cast.unit
            )
        client.get(url("keepsakes", review))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url("keepsakes", review)).status_code == 200
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


def test_what_was_agreed_before_a_change_stays_in_the_history(review, cast):
    made = a_keepsake(review, cast, consent="published")
    keepsakes.change_keepsake(keepsake=made, version=1, by=cast.liaison, what="Her cup")
    keepsakes.change_keepsake(keepsake=made, version=2, by=cast.liaison, consent="team")
    said = AuditEvent.objects.filter(kind="family_keepsake_changed").order_by("pk")
    first, last = (event.changes for event in said)
    assert "before" not in first
    assert last["before"] == "In what is published"
    assert last["given"] == made.consent_on.isoformat()
