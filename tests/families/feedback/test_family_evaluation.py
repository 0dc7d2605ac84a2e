"""How it was to take part: asked by a link that names nothing, or on paper; said once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.urls import reverse

from families.feedback.models import Evaluation
from families.feedback.operations import evaluating
from families.feedback.rules import LINK_LASTS, QUESTIONS
from families.involvement.operations import refusals, safety
from reviews.case.queries import history_for
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.guests.letters import deliver
from scr_portal.guests.models import GuestLetter, GuestLink
from scr_portal.notifications.models import Notification
from tests.families.feedback.afterwards import ANSWERS, asked
from tests.families.feedback.test_family_telling import page
from tests.together import at_once

SAID = {"listened": "seldom", "more": "Nobody rang back."}
# What would tell somebody else what this is about, or whose it is.
TELLING = ["Mother", "Maryam", "Child R", "SCR", "the child", "serious case", "abuse"]


def url(row, name="guest_evaluation"):
    return reverse(f"families:{name}", args=[row.link.token])


def fresh(row):
    return Evaluation.objects.select_related("link").get(pk=row.pk)


def main_of(answer):
    """What is to be read of a page, with its title."""
    return re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.content.decode(), flags=re.S)


@pytest.fixture
def row(cast, family):
    return asked(cast, family.mother)


def test_the_link_leads_to_the_form_and_the_answer_arrives_once(cast, review, row, visitor):
    client = visitor()
    assert client.get(reverse("guests:start", args=[row.link.token])).url == url(row)
    answer = client.post(url(row), SAID)
    assert "Thank you" in client.get(answer.url).content.decode()
    row = fresh(row)
    assert [(said["key"], said["answer"]) for said in row.answers] == [
        ("listened", "Not often"),
        ("more", "Nobody rang back."),
    ]
    assert row.state == "answered" and row.written_down_by is None and row.link.draft == ""
    assert client.post(url(row), SAID).status_code == 410
    assert client.get(url(row)).status_code == 410
    assert Notification.objects.get(kind="family_answered").user == cast.liaison


def test_the_pages_name_nobody_and_no_case(row, visitor):
    client = visitor()
    form = client.get(url(row))
    sent = client.get(client.post(url(row), SAID).url)
    gone = client.get(url(row))
    for answer in (form, sent, gone):
        text = main_of(answer)
        assert not [word for word in TELLING if word in text], text
        assert "Exit this page" in text
        assert answer.content.count(b"data-exit") == 1
        assert "no-store" in answer["Cache-Control"]
    assert "Nobody rang back." not in main_of(sent)


def test_the_way_out_works_without_script(row, visitor):
    text = visitor().get(url(row)).content.decode()
    [link] = re.findall(r"<a [^>]*data-exit>", text)
    assert 'href="https://www.bbc.co.uk/weather"' in link and "noreferrer" in link


@pytest.mark.parametrize("name", ["accessibility", "privacy", "cookies"])
def test_pages_that_a_family_member_may_open_have_the_way_out(cast, client, sign_in, name):
    assert b"data-exit" in client.get(reverse(name)).content
    assert b"data-exit" not in sign_in(cast.unit).get(reverse(name)).content


def test_what_was_typed_comes_back(row, visitor):
    saved = visitor().post(reverse("guests:save", args=[row.link.token]), SAID | {"version": "0"})
    assert saved.status_code == 200
    text = visitor().get(url(row)).content.decode()
    assert "Nobody rang back." in text
    assert re.search(r'value="seldom"[^>]*checked', text)


@pytest.mark.parametrize("said", [{}, {"more": "   "}, {"listened": "very"}])
def test_an_empty_form_and_one_with_another_answer_are_not_sent(row, visitor, said):
    answer = visitor().post(url(row), said)
    assert answer.status_code == 200 and "There is a problem" in answer.content.decode()
    assert fresh(row).state == "waiting"


def test_a_link_that_is_not_good_is_refused_alike(cast, family, row, visitor):
    with time_machine.travel(clock.now() - LINK_LASTS - timedelta(days=1), tick=False):
        old = asked(cast, family.father, by=cast.unit)
    evaluating.withdraw(evaluation=row, by=cast.liaison)
    used = asked(cast, family.grandmother)
    visitor().post(url(used), SAID)
    answers = [visitor().get(url(each)) for each in (old, row, used)]
    answers.append(visitor().get(reverse("families:guest_evaluation", args=["x" * 43])))
    answers.append(visitor().post(url(row), SAID))
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_send_at_once_make_one_answer(row, visitor):
    one, other = visitor(), visitor()
    answers = at_once(lambda: one.post(url(row), SAID), lambda: other.post(url(row), SAID))
    assert sorted(answer.status_code for answer in answers) == [302, 410]
    assert AuditEvent.objects.filter(kind="family_evaluation_answered").count() == 1


def test_the_link_is_shown_once_on_a_sheet_that_names_nothing(cast, review, family, sign_in):
    client = sign_in(cast.liaison)
    ask = reverse("families:evaluation_ask", args=[review.pk, family.mother.pk])
    shown = client.post(ask, {"how": "link", "token": "one-click"})
    row = Evaluation.objects.get()
    assert f"/guest/{row.link.token}/" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    # The header and the footer of the portal are for who asks, and do not print.
    sheet = main_of(shown).split("A short form for you")[2].split("Support links")[0]
    assert not [word for word in (*TELLING, review.reference) if word in sheet]
    # A click too many answers the same, as long as nobody has opened it.
    again = client.post(ask, {"how": "link", "token": "one-click"})
    assert row.link.token in again.content.decode()
    assert Evaluation.objects.count() == 1
    client.get(reverse("families:guest_evaluation", args=[row.link.token]))
    late = client.post(ask, {"how": "link", "token": "one-click"})
    assert late.status_code == 302
    assert row.link.token not in client.get(page(review)).content.decode()


def test_an_email_tells_somebody_else_nothing(cast, family, row):
    evaluating.withdraw(evaluation=row, by=cast.liaison)
    asked(cast, family.mother, "email", email="home@example.org", is_safe=True)
    deliver()
    [message] = mail.outbox
    body = message.body.replace(message.body.split("http")[1].split()[0], "")
    text = " ".join([message.subject, body, message.from_email])
    assert not [word for word in (*TELLING, "Northmere", "LSCB", "review") if word in text], text
    assert message.subject == "A short form for you" and message.to == ["home@example.org"]


def test_an_email_that_is_not_known_to_be_safe_is_not_written(cast, review, family, sign_in):
    ask = reverse("families:evaluation_ask", args=[review.pk, family.mother.pk])
    said = {"how": "email", "email": "home@example.org", "token": "x"}
    text = sign_in(cast.liaison).post(ask, said).content.decode()
    assert "Confirm that nobody else reads the address" in text
    with pytest.raises(Refused, match="nobody else reads"):
        asked(cast, family.mother, "email", email="home@example.org")
    safety.keep_safety(
        person=family.mother,
        version=1,
        by=cast.liaison,
        no_letters=True,
        safe_channels="The school's telephone",
    )
    with pytest.raises(Refused, match="Nobody writes to Mother"):
        asked(cast, family.mother, "email", email="home@example.org", is_safe=True)
    with pytest.raises(Refused, match="Enter the email"):
        asked(cast, family.father, "email", is_safe=True)
    assert not GuestLetter.objects.exists() and not Evaluation.objects.exists()
    text = sign_in(cast.liaison).get(ask).content.decode()
    assert "The school&#x27;s telephone" in text and "Nobody writes to this person" in text


def test_nobody_is_asked_twice_at_a_time_or_after_a_no(cast, review, family, row):
    with pytest.raises(Refused, match="a link that is open"):
        asked(cast, family.mother)
    evaluating.withdraw(evaluation=row, by=cast.liaison)
    evaluating.withdraw(evaluation=fresh(row), by=cast.liaison)
    assert AuditEvent.objects.filter(kind="family_evaluation_withdrawn").count() == 1
    assert asked(cast, family.mother).pk != row.pk
    refusals.refuse(
        person=family.father,
        said_on=clock.today(),
        not_asked_from=clock.today(),
        by=cast.liaison,
    )
    with pytest.raises(Refused, match="has said no"):
        asked(cast, family.father)
    assert not GuestLetter.objects.exists()


def test_what_is_written_down_closes_the_link(cast, row, visitor):
    evaluating.write_down(evaluation=row, answers=ANSWERS, by=cast.liaison)
    evaluating.write_down(evaluation=row, answers=ANSWERS, by=cast.liaison)
    row = fresh(row)
    assert (row.state, row.written_down_by, row.link.state) == (
        "answered",
        cast.liaison,
        "withdrawn",
    )
    assert AuditEvent.objects.filter(kind="family_evaluation_written_down").count() == 1
    assert visitor().post(url(row), SAID).status_code == 410
    with pytest.raises(Refused, match="answered already"):
        evaluating.write_down(evaluation=row, answers=ANSWERS, by=cast.lead)
    with pytest.raises(Refused, match="answered already"):
        evaluating.withdraw(evaluation=row, by=cast.liaison)


def test_on_paper_from_asking_to_reading(cast, review, family, sign_in):
    client = sign_in(cast.liaison)
    ask = reverse("families:evaluation_ask", args=[review.pk, family.mother.pk])
    assert client.post(ask, {"how": "paper", "token": "x"}).url == page(review)
    row = Evaluation.objects.get()
    assert row.link is None and not GuestLink.objects.exists()
    with pytest.raises(Refused, match="no link"):
        evaluating.withdraw(evaluation=row, by=cast.liaison)
    paper = client.get(reverse("families:evaluation_paper", args=[review.pk]))
    assert paper.content.startswith(b"%PDF") and "short-form.pdf" in paper["Content-Disposition"]
    write = reverse("families:evaluation_write_down", args=[review.pk, row.pk])
    assert "There is a problem" in client.post(write, {}).content.decode()
    assert client.post(write, SAID).url == page(review)
    read = reverse("families:evaluation", args=[review.pk, row.pk])
    for who in ("unit", "chair", "lead", "liaison", "auditor"):
        text = sign_in(cast.people[who]).get(read).content.decode()
        assert "Nobody rang back." in text and "by Family liaison Invented" in text
    for who in ("panel", "observer"):
        assert sign_in(cast.people[who]).get(read).status_code == 403


def test_one_review_does_not_show_anothers(cast, review, row, sign_in):
    from tests import builders

    other = builders.a_review(cast, pseudonym="Child S")
    for name in ("evaluation", "evaluation_write_down"):
        address = reverse(f"families:{name}", args=[other.pk, row.pk])
        assert sign_in(cast.unit).get(address).status_code == 404
    foreign = reverse("families:evaluation_ask", args=[other.pk, row.person_id])
    assert sign_in(cast.unit).get(foreign).status_code == 404


def test_an_answer_stands_and_is_unreadable_in_the_database(row, visitor):
    visitor().post(url(row), SAID)
    with pytest.raises(InternalError), transaction.atomic():
        Evaluation.objects.filter(pk=row.pk).update(content="x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM families_evaluation")
        assert "rang" not in str(cursor.fetchall())


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "member", "stranger"])
def test_who_keeps_no_register_asks_nobody(cast, family, row, who):
    for act in (
        lambda: asked(cast, family.father, by=cast.people[who]),
        lambda: evaluating.withdraw(evaluation=row, by=cast.people[who]),
        lambda: evaluating.write_down(evaluation=row, answers=ANSWERS, by=cast.people[who]),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_history_holds_no_word_of_it_and_hides_it_from_who_sees_no_family(
    cast, review, row, visitor, monkeypatch
):
    visitor().post(url(row), SAID)
    events = AuditEvent.objects.filter(kind__startswith="family_evaluation")
    assert "rang" not in str([event.__dict__ for event in events])
    kinds = {"family_evaluation_asked", "family_evaluation_answered", "guest_link_made"}
    assert kinds <= set(history_for(review, cast.unit).values_list("kind", flat=True))
    monkeypatch.setattr(type(cast.panel), "has_perm", lambda *_: False)
    assert not kinds & set(history_for(review, cast.panel).values_list("kind", flat=True))


def test_the_questions_are_few_plain_and_give_no_scores():
    assert len(QUESTIONS) <= 9
    for question in QUESTIONS:
        assert len(str(question.text).split()) <= 14, question.text
        assert not any(char.isdigit() for _key, words in question.choices for char in str(words))
