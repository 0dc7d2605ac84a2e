"""What is written down, put right, checked, put beside another account, and used."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import InternalError
from django.urls import reverse

from families.contributions.models import (
    AccuracyCheck,
    Contradiction,
    Contribution,
    ContributionText,
    Use,
)
from families.contributions.operations import beside, checking, readers, using, writing
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
    side_by_side,
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


# Their own check


def test_a_check_follows_its_lines(review, cast, made):
    assert made.check_state == "not_shown"
    assert checked(made, "shown").check_state == "shown"
    agreed = checked(made, "agreed")
    assert agreed.check_state == "agreed" and agreed.version == 1
    early = clock.today() - timedelta(days=30)
    Contribution.objects.filter(pk=made.pk).update(said_on=early)
    assert checked(made, "shown", on=early).check_state == "agreed"
    writing.rewrite(contribution=made, version=1, by=cast.liaison, text="Changed by us")
    made.refresh_from_db()
    assert made.check_state == "not_shown"
    assert checked(made, "not_wanted").check_state == "not_wanted"


def test_a_correction_becomes_the_text(review, cast, made, sign_in):
    sent = {"step": "corrected", "text": "It was his aunt.", "on": clock.today().isoformat()}
    sent |= {"how": "At her home", "words": "Not his cousin.", "version": 1, "token": "one-click"}
    address = url("contribution_check", review, made.pk)
    for _click in range(2):
        assert sign_in(cast.liaison).post(address, sent).status_code == 302
    made.refresh_from_db()
    assert (made.text, made.check_state, made.version) == ("It was his aunt.", "corrected", 2)
    assert made.texts.get().text == WORDS and made.checks.get().words == "Not his cousin."
    page = sign_in(cast.lead).get(made.get_absolute_url()).content.decode()
    assert "Corrected by them, At her home" in page and "Not his cousin." in page
    assert checked(made, "agreed").check_state == "agreed"
    with pytest.raises(InternalError), transaction.atomic():
        AccuracyCheck.objects.update(how="Otherwise")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"on": clock.today() + timedelta(days=1)}, "future"),
        ({"on": clock.today() - timedelta(days=1)}, "before they said it"),
        ({"step": "corrected", "text": ""}, "as they corrected it"),
        ({"step": "corrected", "text": WORDS}, "as they corrected it"),
        ({"step": "not_shown"}, "what happened"),
    ],
)
def test_a_check_that_can_not_be_is_refused(made, said, why):
    with pytest.raises(Refused, match=why):
        checked(made, **said)
    assert not made.checks.exists()


def test_nobody_agrees_to_a_text_that_was_changed_meanwhile(cast, made):
    writing.rewrite(contribution=made, version=1, by=cast.lead, text="Another text")
    with pytest.raises(Stale):
        checking.record_check(
            contribution=made,
            version=1,
            step="agreed",
            on=clock.today(),
            by=cast.liaison,
            token="late",
        )


# Accounts that differ


def test_two_accounts_stand_side_by_side_on_both_pages(review, cast, family, sign_in):
    hers = a_contribution(review, cast, person=family.mother, text="He held her.")
    his = a_contribution(review, cast, person=family.father, text="She held her.")
    side_by_side(hers, his, by=cast.liaison)
    side_by_side(his, hers, by=cast.lead)
    assert Contradiction.objects.count() == 1
    beside_a_record(hers, cast, remark="Nobody asked them together.")
    page = sign_in(cast.lead).get(hers.get_absolute_url()).content.decode()
    for words in ("He held her.", "She held her.", "No marks seen.", "Nobody asked them together."):
        assert page.count(words) == 1, words
    other = sign_in(cast.lead).get(his.get_absolute_url()).content.decode()
    assert "He held her." in other and "She held her." in other and "No marks" not in other


def test_an_account_one_may_not_read_is_absent_and_can_not_be_chosen(review, cast, family, sign_in):
    hers = a_contribution(review, cast, person=family.mother)
    his = a_contribution(
        review, cast, person=family.father, visibility="named", text="She held her."
    )
    row = side_by_side(hers, his, by=cast.liaison)
    client = sign_in(cast.lead)
    page = client.get(hers.get_absolute_url()).content.decode()
    assert "Accounts that differ" not in page and "She held her." not in page
    for name in ("account_edit", "account_remove"):
        assert client.post(url(name, review, hers.pk, row.pk)).status_code == 404
    form = client.get(url("account_new", review, hers.pk)).context["form"]
    assert his not in form.fields["other"].queryset
    sent = {"about": "Who held her", "other": his.pk}
    assert client.post(url("account_new", review, hers.pk), sent).status_code == 200
    for act in (
        lambda: beside.change_beside(contradiction=row, version=1, by=cast.lead, about="Else"),
        lambda: beside.take_away(contradiction=row, by=cast.lead),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Contradiction.objects.count() == 1


def test_an_account_has_one_other_side(review, cast, made, sign_in):
    client, address = sign_in(cast.liaison), url("account_new", review, made.pk)
    other = a_contribution(review, cast)
    for sent in ({}, {"other": other.pk, "source": "Midwife", "account": "None"}):
        page = client.post(address, {"about": "Who came"} | sent)
        assert "one of them" in page.content.decode()
    page = client.post(address, {"about": "Who came", "source": "Midwife"}).content.decode()
    assert "Write down what that agency or record says" in page
    with pytest.raises(Refused, match="another contribution"):
        side_by_side(made, made, by=cast.liaison)
    sent = {"about": "Who came", "source": "Midwife", "account": "I came twice."}
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    row = made.contradictions.get()
    edit = url("account_edit", review, made.pk, row.pk)
    saved = sent | {"account": "I came once.", "version": 1}
    assert client.post(edit, saved).status_code == 302
    assert client.post(edit, saved | {"account": "Thrice"}).status_code == 409
    assert client.post(url("account_remove", review, made.pk, row.pk)).status_code == 302
    assert not made.contradictions.exists()
    assert client.post(url("account_remove", review, made.pk, row.pk)).status_code == 404


def test_of_two_family_members_neither_text_is_changed_beside(review, cast, made, sign_in):
    row = side_by_side(made, a_contribution(review, cast), by=cast.liaison)
    form = sign_in(cast.lead).get(url("account_edit", review, made.pk, row.pk)).context["form"]
    assert set(form.fields) == {"about", "remark", "version"}


# What became of it


def test_a_use_sent_twice_is_one_and_they_are_told(review, cast, made, sign_in):
    client, address = sign_in(cast.lead), url("use_new", review, made.pk)
    sent = {"where": "section", "place": "4.2", "reason": "In her own words."}
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    row = Use.objects.get()
    page = client.get(made.get_absolute_url()).content.decode()
    assert "In a section of the report: 4.2" in page and "has not been told of it yet" in page
    edit = url("use_edit", review, made.pk, row.pk)
    told = sent | {"person_told_on": clock.today().isoformat(), "version": 1}
    assert client.post(edit, told).status_code == 302
    assert "was told on" in client.get(made.get_absolute_url()).content.decode()
    assert client.post(edit, told | {"place": "5"}).status_code == 409
    event = AuditEvent.objects.get(kind="family_use_recorded")
    assert event.changes == {"where": "In a section of the report"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"place": ""}, "which finding or section"),
        ({"reason": " "}, "how it was used"),
        ({"person_told_on": clock.today() + timedelta(days=1)}, "future"),
    ],
)
def test_a_use_that_can_not_be_is_refused(cast, made, said, why):
    with pytest.raises(Refused, match=why):
        a_use(made, cast, **said)


def test_it_is_not_both_used_and_not_used(cast, made):
    a_use(made, cast)
    a_use(made, cast, where="practice", place="")
    with pytest.raises(Refused, match="both used and not used"):
        a_use(made, cast, where="not_used")
    row = made.uses.first()
    with pytest.raises(Refused, match="both used and not used"):
        using.change_use(use=row, version=1, by=cast.lead, where="not_used")
    row.refresh_from_db()
    assert row.where == "finding"
