"""Beginning, changing, sending and answering: each refusal, each permission, each double click."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import DatabaseError

from families.involvement.models import Contact, How, Phase, Refusal, Safety
from families.letters import texts
from families.letters.models import Kind, Letter, Way
from families.letters.operations import letters as operations
from families.letters.operations import sending, templates
from reviews.case.operations import people
from reviews.case.operations.record import Stale
from reviews.permissions import Permission
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.cast import person
from tests.families.conftest import a_person
from tests.families.letters.writing import a_letter, reader, sent

SYLHETI = "আমরা আপনাকে লিখছি, {name}।"


def go(letter, by, **fields):
    given = {"version": letter.version, "on": clock.today(), "how": "post"}
    return sending.send(letter=letter, by=by, **given | fields)


def keep_safe(someone, **flags):
    return Safety.objects.create(review=someone.review, person=someone, **flags)


def load(cast, code="syl", body=SYLHETI, kind="information", easy=False, version=0):
    return templates.save_text(
        board=cast.board,
        kind=kind,
        code=code,
        is_easy_read=easy,
        version=version,
        subject="একটি পর্যালোচনা" if code == "syl" else "Ours",
        body=body,
        by=cast.unit,
    )


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("style", ["standard", "easy"])
def test_a_merged_letter_holds_no_placeholder(cast, review, kind, style):
    letter = a_letter(cast, review, kind=kind, style=style)
    left = texts.unfilled(letter.subject, letter.body)
    assert left == (["{changes}"] if kind == Kind.THANKS else [])
    assert "Maryam Invented" in letter.body
    assert str(cast.liaison) in letter.body


def test_one_click_or_two_begin_one_letter(cast, review):
    begun = [a_letter(cast, review, token="one-click") for _click in range(2)]
    assert begun[0] == begun[1] and Letter.objects.count() == 1
    assert AuditEvent.objects.filter(kind="family_letter_begun").count() == 1


@pytest.mark.parametrize("token", ["", "one-click", "x" * 500])
def test_a_click_is_of_one_person(cast, review, token):
    mine = a_letter(cast, review, token=token, by=cast.lead)
    theirs = a_letter(cast, review, token=token, by=cast.liaison)
    assert mine.written_by == cast.lead and theirs.written_by == cast.liaison
    go(mine, cast.lead)
    go(theirs, cast.liaison)
    said: Any = {"on": clock.today(), "how": "telephone", "words": "Yes", "token": token}
    replies = [
        sending.record_reply(letter=letter, by=cast.lead, **said) for letter in (mine, theirs, mine)
    ]
    assert replies[0] == replies[2] and replies[1].letter == theirs


def test_words_and_heading_are_unreadable_in_the_database(cast, review):
    letter = a_letter(cast, review)
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, body FROM families_letter WHERE id = %s", [letter.pk])
        assert "Invented" not in str(cursor.fetchone()) and "review" not in str(cursor.fetchone())
    assert "Invented" not in str(
        list(
            AuditEvent.objects.filter(kind__startswith="family_").values("target_label", "changes")
        )
    )


def test_who_may_not_see_names_writes_no_letter(cast, review):
    keeper = person("Keeper Invented")
    for permission in (Permission.SEE_FAMILY, Permission.KEEP_FAMILY):
        given: Any = {"permission": permission, "reason": "Cover", "ends": None, "by": cast.unit}
        people.grant(review=review, user=keeper, **{**given, "by": cast.unit})
    with pytest.raises(Refused, match="real names, which you may not see"):
        a_letter(cast, review, by=keeper)


@pytest.mark.parametrize("who", ["auditor", "panel", "chair", "stranger"])
def test_who_does_not_keep_the_family_writes_no_letter(cast, review, who):
    with pytest.raises(PermissionDenied):
        a_letter(cast, review, by=getattr(cast, who))


def test_nobody_writes_to_somebody_who_has_died(cast, review):
    gone = a_person(review, cast, "Grandfather", life="died")
    with pytest.raises(Refused, match="has died"):
        a_letter(cast, review, person=gone)


def test_the_boards_own_text_comes_before_the_portals(cast, review):
    load(cast, "en-gb", "Dear {name}, this is ours.")
    assert a_letter(cast, review).body == "Dear Maryam Invented, this is ours."
    assert "this is ours" not in a_letter(cast, review, style="easy").body


def test_a_translation_is_used_and_english_where_there_is_none(cast, review):
    load(cast)
    letter = a_letter(cast, review, code="syl")
    assert letter.language == "syl" and letter.body == SYLHETI.format(name="Maryam Invented")
    # No easy read in that language: its standard text is nearer to the reader than English.
    assert a_letter(cast, review, code="syl", style="easy").language == "syl"
    assert a_letter(cast, review, code="syl", kind="thanks").language == "en-gb"


def test_a_draft_is_its_writers_alone_until_somebody_takes_it_over(cast, review):
    letter = a_letter(cast, review)
    changes: Any = {"version": 1, "subject": "A", "body": "B"}
    with pytest.raises(Refused, match="Take it over first"):
        operations.change(letter=letter, by=cast.lead, **changes)
    with pytest.raises(Refused, match="Take it over first"):
        go(letter, cast.lead)
    for _click in range(2):
        letter = operations.take_over(letter=letter, by=cast.lead)
    assert letter.version == 2
    with pytest.raises(Stale):
        operations.change(letter=letter, by=cast.lead, **changes)
    operations.change(letter=letter, by=cast.lead, **changes | {"version": 2})
    operations.change(letter=letter, by=cast.lead, **changes | {"version": 2})
    letter.refresh_from_db()
    assert (letter.body, letter.version) == ("B", 3)
    with pytest.raises(PermissionDenied):
        operations.take_over(letter=letter, by=cast.chair)


def test_a_dropped_letter_leaves_no_word(cast, review):
    letter = a_letter(cast, review)
    operations.drop(letter=letter, by=cast.liaison)
    letter.refresh_from_db()
    assert (letter.subject, letter.body) == ("", "") and letter.dropped_at
    for act in (operations.drop, operations.take_over):
        with pytest.raises(Refused, match="sent or dropped"):
            act(letter=letter, by=cast.liaison)


def test_sending_is_in_the_log_of_contacts_by_the_same_act(cast, review):
    letter = a_letter(cast, review, kind="invitation")
    for _click in range(2):
        go(letter, cast.liaison)
    contact = Contact.objects.get()
    assert (contact.how, contact.phase, contact.is_offer) == (How.LETTER, Phase.CONTRIBUTING, True)
    assert list(contact.people.all()) == [letter.person]
    assert AuditEvent.objects.filter(kind="family_letter_sent").count() == 1


def test_what_was_sent_stands(cast, review):
    letter = sent(cast, review)
    with pytest.raises(Refused, match="sent or dropped"):
        operations.change(letter=letter, version=1, subject="A", body="B", by=cast.liaison)
    for act in (lambda: Letter.objects.update(body="B"), lambda: Letter.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_new_letter_is_begun_from_one_that_stands(cast, review):
    letter = sent(cast, review)
    again = [
        operations.begin_again(letter=letter, token="again", by=cast.lead) for _click in range(2)
    ]
    assert again[0] == again[1] != letter
    assert (again[0].body, again[0].written_by) == (letter.body, cast.lead)
    with pytest.raises(Refused, match="can still be changed"):
        operations.begin_again(letter=again[0], token=uuid4().hex, by=cast.lead)


def test_a_gap_stops_the_sending_whatever_is_said(cast, review):
    letter = a_letter(cast, review, given={})
    with pytest.raises(Refused, match=r"\{telephone\}"):
        go(letter, cast.liaison, despite="In a hurry")
    assert not Contact.objects.exists()


def test_other_findings_stop_nobody(cast, review):
    letter = a_letter(cast, review)
    letter = operations.change(
        letter=letter, version=1, subject="SCR", body="The LSCB failed to act.", by=cast.liaison
    )
    assert sending.found_in(letter)
    assert go(letter, cast.liaison).sent_on


@pytest.mark.parametrize("flag", ["no_letters", "letters_do_not_suit"])
def test_what_keeps_somebody_safe_yields_to_a_reason_alone(cast, review, flag):
    mother = reader(cast, review)
    keep_safe(mother, **{flag: True})
    letter = a_letter(cast, review)
    with pytest.raises(Refused, match="Say why it goes nevertheless"):
        go(letter, cast.liaison)
    go(letter, cast.liaison, despite="She asked for it in writing.")
    letter.refresh_from_db()
    assert letter.despite == "She asked for it in writing."


def test_what_stands_against_contact_stands_against_a_letter(cast, review):
    mother = reader(cast, review)
    today = clock.today()
    Refusal.objects.create(
        review=review, person=mother, said_on=today, not_asked_from=today, by=cast.liaison
    )
    letter = a_letter(cast, review)
    with pytest.raises(Refused, match="said no"):
        go(letter, cast.liaison)
    letter.refresh_from_db()
    assert letter.is_draft
    assert go(letter, cast.liaison, despite="She asked for news.").sent_on


def test_days_and_ways_that_cannot_be_are_refused(cast, review):
    letter = a_letter(cast, review)
    for on in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(Refused, match="from its beginning until today"):
            go(letter, cast.liaison, on=on)
    with pytest.raises(Refused, match="how it was sent"):
        go(letter, cast.liaison, how="pigeon")
    with pytest.raises(Refused, match="changed since"):
        go(letter, cast.liaison, version=7)


def test_a_reply_is_kept_once_and_stands(cast, review):
    draft = a_letter(cast, review)
    reply: Any = {"how": "telephone", "words": "She said yes", "token": "t", "by": cast.lead}
    with pytest.raises(Refused, match="has not been sent"):
        sending.record_reply(letter=draft, on=clock.today(), **reply)
    letter = sent(cast, review)
    with pytest.raises(Refused, match="not after today"):
        sending.record_reply(letter=letter, on=clock.today() + timedelta(days=1), **reply)
    with pytest.raises(Refused, match="how the reply came"):
        sending.record_reply(letter=letter, on=clock.today(), **reply | {"how": "pigeon"})
    for _click in range(2):
        sending.record_reply(letter=letter, on=clock.today(), **reply)
    assert letter.replies.count() == 1
    assert "yes" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))
    with pytest.raises(PermissionDenied):
        sending.record_reply(letter=letter, on=clock.today(), **reply | {"by": cast.chair})


@pytest.mark.parametrize(
    ("fields", "young"),
    [
        ({"date_of_birth": "2012-01-01"}, True),
        ({"date_of_birth": "1990-01-01"}, False),
        ({"age": "15"}, True),
        ({"age": "about 16"}, False),
        ({"age": "18 months"}, True),
        ({"age": "grown up"}, False),
        ({}, False),
    ],
)
def test_a_letter_to_a_child_is_seen(cast, review, fields, young):
    sister = reader(cast, review, "Sister", **fields)
    found = sending.found_in(a_letter(cast, review, person=sister))
    assert any("under 16" in str(each.text) for each in found) == young


def test_the_names_of_the_others_are_known_to_the_check(cast, review):
    reader(cast, review, "Father", real_name="Karim Example", sex="male")
    letter = a_letter(cast, review)
    operations.change(letter=letter, version=1, subject="A", body="Karim sang.", by=cast.liaison)
    letter.refresh_from_db()
    assert any("Karim" in str(each.text) for each in sending.found_in(letter))


def test_a_text_of_the_board_is_kept_in_versions(cast):
    row = load(cast, "en-gb", "One")
    assert load(cast, "en-gb", "One") == row
    with pytest.raises(Stale):
        load(cast, "en-gb", "Two", version=9)
    assert load(cast, "en-gb", "Two", version=1).version == 2
    for _click in range(2):
        templates.take_out(template=row, by=cast.chair)
    with pytest.raises(Refused, match="taken out"):
        load(cast, "en-gb", "Three", version=2)
    kinds = AuditEvent.objects.filter(kind__startswith="family_letter_text").values_list("kind")
    assert len(kinds) == 3
    with pytest.raises(PermissionDenied):
        templates.take_out(template=row, by=cast.lead)


def test_a_text_that_is_the_portals_own_or_wrong_is_refused(cast):
    own = texts.own_text("thanks", is_easy_read=False)
    given: Any = {"board": cast.board, "kind": "thanks", "code": "en-gb", "is_easy_read": False}
    given |= {"version": 0, "by": cast.unit}
    with pytest.raises(Refused, match="portal’s own text"):
        templates.save_text(subject=own.subject, body=own.body + "\r\n", **given)
    with pytest.raises(Refused, match="not a placeholder"):
        templates.save_text(subject="A", body="{nobody}", **given)
    with pytest.raises(Refused, match="no such language"):
        templates.save_text(subject="A", body="B", **given | {"code": "xx"})
    for who in ("lead", "liaison", "auditor", "outsider"):
        with pytest.raises(PermissionDenied):
            templates.save_text(subject="A", body="B", **given | {"by": getattr(cast, who)})


@pytest.mark.parametrize(
    ("way", "how"),
    [("post", "letter"), ("handed", "other"), ("read_out", "other"), ("email", "email")],
)
def test_the_contact_of_a_letter_says_truly_how_it_was(cast, review, way, how):
    letter = a_letter(cast, review)
    sending.send(letter=letter, version=letter.version, on=clock.today(), how=way, by=cast.liaison)
    contact = Contact.objects.get()
    assert contact.how == how and str(Way(way).label) in contact.note
