"""A letter goes once, says nothing of a case, and one that can't arrive is shown."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from scr_portal.guests import letters, operations
from scr_portal.guests.models import GuestLetter, Letter, Purpose
from tests.scr_portal.guests.conftest import EMAIL


def written(make, letter=Letter.INVITE, key="invite:1", **fields):
    link = make(**fields)
    operations.write(link=link, letter=letter, key=key)
    return link


def text(message) -> str:
    return message.get_payload(decode=True).decode()


def test_the_link_goes_to_its_address_once(make, post):
    link = written(make)
    operations.write(link=link, letter=Letter.INVITE, key="invite:1")
    letters.deliver()
    letters.deliver()
    (message,) = post.taken
    assert message["To"] == EMAIL
    assert link.token in text(message)
    assert "Business unit Invented" in text(message)
    assert "Northmere LSCB has opened a form for you" in text(message)
    assert "Outside Person" not in text(message)


@time_machine.travel("2026-02-20 09:00Z", tick=False)
def test_it_says_by_which_day_where_there_is_one(make, post):
    written(make, purpose=Purpose.RETURN)
    written(make, key="none")
    letters.deliver()
    with_day, without = [text(message) for message in post.taken]
    assert "An answer is wanted by 3 March 2026." in with_day
    assert "wanted by" not in without


def test_a_letter_sent_twice_is_known_as_the_same(make, post):
    written(make)
    letters.deliver()
    GuestLetter.objects.update(done_at=None)
    letters.deliver()
    first, second = post.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_a_link_that_was_closed_meanwhile_is_not_sent(cast, make, post):
    withdrawn = written(make, key="a")
    operations.withdraw(link=withdrawn, by=cast.unit)
    operations.write(link=withdrawn, letter=Letter.WITHDRAWN, key="b")
    used = written(make, Letter.REMINDER, key="c")
    operations.use(link=used)
    written(make, key="d", lasts=timedelta(seconds=-1))
    letters.deliver()
    (message,) = post.taken
    assert "no longer needs your answer" in text(message)
    assert "/guest/" not in text(message)


def test_a_mailbox_that_does_not_exist_is_recorded_and_shown(cast, make, post, sign_in):
    post.refused = {EMAIL}
    link = written(make)
    letters.deliver()
    row = GuestLetter.objects.get()
    assert row.refused_at and row.done_at
    assert link.trouble == "SMTPRecipientsRefused 550"
    page = sign_in(cast.unit).get(reverse("notifications:jobs", args=[cast.board.slug]))
    assert "SMTPRecipientsRefused 550" in page.content.decode()
    assert EMAIL not in page.content.decode()


def test_a_letter_that_waits_can_be_tried_again_from_the_jobs(cast, make, post, sign_in):
    post.answer = "451 Try again later"
    written(make)
    letters.deliver()
    row = GuestLetter.objects.get()
    assert (row.done_at, row.last_error) == (None, "SMTPDataError 451")
    client = sign_in(cast.unit)
    retry = reverse("guests:retry", args=[cast.board.slug, row.pk])
    jobs = reverse("notifications:jobs", args=[cast.board.slug])
    assert retry in client.get(jobs).content.decode()
    post.answer = "250 OK"
    assert client.post(retry).url == jobs
    letters.deliver()
    assert len(post.taken) == 1
    client.post(retry)
    letters.deliver()
    assert len(post.taken) == 1


def test_every_purpose_and_letter_has_a_sentence_without_a_case():
    for purpose in [*Purpose, "one of tomorrow"]:
        for letter in Letter:
            said = letters.sentence(purpose, letter, "A Board")
            assert said and ("A Board" in said) is (purpose not in letters.PRIVATE)
