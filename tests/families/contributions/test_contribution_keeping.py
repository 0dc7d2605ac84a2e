"""What is written down and put right, and who is let in to read it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import InternalError
from django.urls import reverse

from families.contributions.models import (
    Contribution,
    ContributionText,
)
from families.contributions.operations import beside, readers, using, writing
from families.involvement.models import Contact, ContactPerson
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.drafts.models import Draft
from scr_portal.notifications.models import Notification
from tests import builders
from tests.families.contributions.saying import (
    WORDS,
    a_contribution,
    a_use,
    beside_a_record,
    checked,
    named,
    somebody,
)

NO_KEEPERS = ["unit", "chair", "auditor", "panel", "observer", "member", "stranger", "outsider"]


def url(name, review, *more):
    return reverse(f"families:{name}", args=[review.pk, *more])


@pytest.fixture
def made(review, cast):
    return a_contribution(review, cast)


def typed(person, **more):
    return {
        "person": person.pk,
        "said_on": clock.today().isoformat(),
        "said_to": "The family liaison",
        "topic": "Visits by the midwife",
        "text": WORDS,
        "visibility": "team",
        "token": "one-click",
    } | more


def test_a_form_sent_twice_writes_one(review, cast, family, sign_in):
    client, address = sign_in(cast.liaison), url("contribution_new", review)
    sent = typed(family.mother, interpreter="Sylheti, by telephone", readers=[cast.panel.pk])
    answers = [client.post(address, sent) for _click in range(2)]
    row = Contribution.objects.get()
    assert {answer.url for answer in answers} == {row.get_absolute_url()}
    assert row.text == WORDS and row.author == cast.liaison
    assert row.readers.get().user == cast.panel
    event = AuditEvent.objects.get(kind="family_contribution_written")
    assert event.target_label == f"contribution {row.pk}"
    assert Notification.objects.filter(kind="contribution_opened").count() == 2


def test_what_was_said_is_unreadable_in_the_database_and_nowhere_else(review, cast, made):
    checked(made, "corrected", text="It was his aunt.", words="Not his cousin")
    beside_a_record(made, cast, remark="Who asked?")
    a_use(made, cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM families_contribution")
        assert WORDS not in cursor.fetchone()[0]
    written = str(list(AuditEvent.objects.values()) + list(Notification.objects.values()))
    for words in (WORDS, "aunt", "cousin", "No marks", "Who asked", "not asked", "midwife"):
        assert words not in written, words


def test_what_was_typed_comes_back_and_is_gone_when_sent(review, cast, family, sign_in):
    client, key = sign_in(cast.liaison), f"contribution:{review.pk}:new"
    assert (
        reverse("drafts:save", args=[key])
        in client.get(url("contribution_new", review)).content.decode()
    )
    client.post(reverse("drafts:save", args=[key]), {"text": "She said that", "version": 0})
    assert "She said that" in client.get(url("contribution_new", review)).content.decode()
    client.post(url("contribution_new", review), typed(family.mother))
    assert not Draft.objects.exists()


def test_a_link_begins_the_form_with_contact_and_person(review, cast, family, sign_in):
    contact = a_contact(review, cast, family.mother)
    page = sign_in(cast.liaison).get(
        url("contribution_new", review), {"contact": contact.pk, "person": family.mother.pk}
    )
    form = page.context["form"]
    assert form["interpreter"].value() == "Sylheti" and form["person"].value() == family.mother.pk
    odd = sign_in(cast.liaison).get(url("contribution_new", review), {"contact": "x", "person": 0})
    assert odd.status_code == 200


def a_contact(review, cast, person, state="made"):
    contact = Contact.objects.create(
        review=review,
        phase="contributing",
        how="visit",
        state=state,
        on=clock.today(),
        by_whom="The family liaison",
        interpreter="Sylheti",
        by=cast.liaison,
        token=uuid4().hex,
    )
    ContactPerson.objects.create(review=review, contact=contact, person=person)
    return contact


def test_it_was_said_at_a_contact_with_them_that_took_place(review, cast, family, sign_in):
    contact = a_contact(review, cast, family.mother)
    made = a_contribution(review, cast, person=family.mother, contact=contact)
    assert made.contact == contact
    shown = reverse("families:contact", args=[review.pk, contact.pk])
    assert shown in sign_in(cast.lead).get(made.get_absolute_url()).content.decode()
    named(made, cast.panel, by=cast.liaison)
    hidden = sign_in(cast.panel).get(made.get_absolute_url()).content.decode()
    assert shown not in hidden and "At their home" not in hidden
    with pytest.raises(Refused, match="Father was not at that contact"):
        a_contribution(review, cast, person=family.father, contact=contact)
    planned = a_contact(review, cast, family.mother, "planned")
    with pytest.raises(Refused, match="has taken place"):
        a_contribution(review, cast, person=family.mother, contact=planned)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"said_on": clock.today() + timedelta(days=1)}, "in the future"),
        ({"text": "  "}, "what they said"),
        (
            {"period_from": clock.today(), "period_to": clock.today() - timedelta(days=1)},
            "end before it begins",
        ),
    ],
)
def test_what_can_not_be_is_refused(review, cast, said, why):
    with pytest.raises(Refused, match=why):
        a_contribution(review, cast, **said)


def test_somebody_of_another_review_said_nothing_here(review, cast):
    other = builders.a_review(cast)
    cast.on(other)
    with pytest.raises(Refused, match="family register of this review"):
        a_contribution(review, cast, person=somebody(other, cast))


@pytest.mark.parametrize("who", NO_KEEPERS)
def test_only_lead_and_liaison_write_down_and_change(review, cast, made, who):
    user = cast.people[who]
    with pytest.raises(PermissionDenied):
        a_contribution(review, cast, by=user)
    with pytest.raises(PermissionDenied):
        writing.rewrite(contribution=made, version=1, by=user, topic="Other")
    with pytest.raises(PermissionDenied):
        checked(made, by=user)
    with pytest.raises(PermissionDenied):
        using.record_use(contribution=made, by=user, where="analysis", place="", reason="So")
    with pytest.raises(PermissionDenied):
        beside.put_beside(contribution=made, about="A", source="S", account="T", by=user)


def test_the_lead_may_not_touch_what_they_may_not_read(review, cast):
    row = a_contribution(review, cast, visibility="named")
    for act in (
        lambda: writing.rewrite(contribution=row, version=1, by=cast.lead, topic="Other"),
        lambda: checked(row, by=cast.lead),
        lambda: beside.put_beside(
            contribution=a_contribution(review, cast), about="A", other=row, by=cast.lead
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_every_earlier_text_is_kept_and_two_editors_see_each_other(review, cast, made, sign_in):
    writing.rewrite(contribution=made, version=1, by=cast.lead, text="First change")
    assert made.texts.get().text == WORDS
    sent = typed(made.person, version=1, text="Second change")
    answer = sign_in(cast.liaison).post(url("contribution_edit", review, made.pk), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "First change" in page and "Second change" in page and cast.lead.name in page
    sign_in(cast.liaison).post(url("contribution_edit", review, made.pk), sent | {"version": 2})
    assert [row.text for row in made.texts.all()] == ["First change", WORDS]
    shown = sign_in(cast.lead).get(url("contribution_texts", review, made.pk)).content.decode()
    assert "Second" in shown and "bruise" in shown
    with pytest.raises(InternalError), transaction.atomic():
        ContributionText.objects.update(number=9)


def test_nothing_changed_leaves_no_text_and_no_event(cast, made):
    writing.rewrite(contribution=made, version=1, by=cast.lead, text=WORDS)
    assert not made.texts.exists()
    assert not AuditEvent.objects.filter(kind="family_contribution_changed").exists()


def test_who_said_it_stands_once_it_was_shown(review, cast, family):
    row = a_contribution(review, cast, person=family.mother)
    writing.rewrite(contribution=row, version=1, by=cast.liaison, person=family.father)
    checked(row, "shown")
    with pytest.raises(Refused, match="shown to Father already"):
        writing.rewrite(contribution=row, version=2, by=cast.liaison, person=family.mother)


# Who may read it


def test_opening_it_to_the_team_tells_who_did_not_read_it(review, cast):
    row = a_contribution(review, cast, visibility="named")
    assert not Notification.objects.filter(kind="contribution_opened").exists()
    readers.let_read(
        contribution=row, version=1, visibility="team", readers=[cast.panel], by=cast.liaison
    )
    told = Notification.objects.filter(kind="contribution_opened")
    assert {note.user for note in told} == {cast.lead, cast.panel}
    assert AuditEvent.objects.get(kind="family_contribution_opened").changes["to"] == (
        "The review team"
    )
    with pytest.raises(Stale):
        readers.let_read(
            contribution=row, version=1, visibility="named", readers=[], by=cast.liaison
        )


def test_nobody_shuts_themselves_out_by_mistake(review, cast, made):
    narrow = {"contribution": made, "version": 1, "visibility": "named", "by": cast.lead}
    with pytest.raises(Refused, match="name yourself"):
        readers.let_read(readers=[], **narrow)
    made.refresh_from_db()
    assert made.visibility == "team"
    readers.let_read(readers=[cast.lead], **narrow)
    assert Contribution.objects.readable(cast.lead, review).get() == made


def test_the_picker_offers_who_may_see_the_review_and_nobody_else(review, cast, made, sign_in):
    from reviews.case.operations import people

    people.recuse(review=review, user=cast.chair, reason="Knows them", by=cast.unit)
    address = url("contribution_readers", review, made.pk)
    offered = set(sign_in(cast.liaison).get(address).context["form"].fields["readers"].queryset)
    assert cast.panel in offered and cast.observer in offered
    for who in ("chair", "member", "agency", "stranger", "outsider", "administrator", "liaison"):
        assert cast.people[who] not in offered, who
    sent = {"visibility": "team", "readers": [cast.chair.pk], "version": 1}
    assert sign_in(cast.liaison).post(address, sent).status_code == 200
    with pytest.raises(Refused, match="may not see this review"):
        named(made, cast.chair, by=cast.liaison)
    assert not made.readers.exists()


def test_a_reader_is_named_once_and_ended_once(review, cast, made, sign_in):
    client = sign_in(cast.liaison)
    address = url("contribution_readers", review, made.pk)
    sent = {"visibility": "team", "readers": [cast.panel.pk], "version": 1}
    assert client.post(address, sent).status_code == 302
    named(made, cast.panel, by=cast.lead)
    reader = made.readers.get()
    assert "Named readers" in client.get(address).content.decode()
    end = url("contribution_reader_end", review, made.pk, reader.pk)
    for _click in range(2):
        assert client.post(end).url == address
    assert AuditEvent.objects.filter(kind="family_reader_ended").count() == 1
    assert "Named before" in client.get(address).content.decode()
    other = a_contribution(review, cast, visibility="named", by=cast.lead)
    wrong = url("contribution_reader_end", review, other.pk, reader.pk)
    assert client.post(wrong).status_code == 404
