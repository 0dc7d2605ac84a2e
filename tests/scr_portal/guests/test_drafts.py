"""What a guest types is kept with the link, comes back, and no second window overwrites it."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import RequestFactory
from django.urls import reverse

from scr_portal.guests import operations
from scr_portal.guests.access import restore_into
from scr_portal.guests.models import GuestLink


def save(client, link, **fields):
    return client.post(reverse("guests:save", args=[link.token]), fields)


def kept(link, part="form"):
    return restore_into(RequestFactory().get("/"), GuestLink.objects.get(pk=link.pk), part)


def test_what_is_typed_comes_back_part_by_part(make, visitor):
    link, client = make(), visitor()
    first = save(client, link, version=0, child="Child R", on_day="3", on_month="", on_year="")
    assert first.status_code == 200
    assert first.json()["version"] == 1 and first.json()["saved_at"]
    again = save(client, link, version=1, part="why", text="Half a sent")
    assert again.json()["version"] == 2
    assert kept(link)["child"] == "Child R"
    assert kept(link)["on"].day == "3"
    assert kept(link, "why") == {"text": "Half a sent"}


def test_a_second_window_overwrites_nothing(make, visitor):
    link = make()
    save(visitor(), link, version=0, text="The first")
    answer = save(visitor(), link, version=0, text="The second")
    assert answer.status_code == 409
    assert answer.json()["theirs"] == {"text": "The first"}
    assert answer.json()["version"] == 1
    assert kept(link) == {"text": "The first"}


def test_nothing_secret_and_nothing_endless_is_kept(make, visitor, monkeypatch):
    link = make()
    save(visitor(), link, version=0, csrfmiddlewaretoken="x", text="Kept")
    assert kept(link) == {"text": "Kept"}
    monkeypatch.setattr("scr_portal.core.typed.LARGEST", 50)
    answer = save(visitor(), link, version=1, text="y" * 60)
    assert answer.status_code == 400
    assert "too long" in answer.json()["errors"]["__all__"][0]


def test_what_was_typed_goes_with_the_link(cast, make, visitor):
    link = make()
    save(visitor(), link, version=0, text="Kept")
    operations.withdraw(link=link, by=cast.unit)
    assert kept(link) == {}
    assert save(visitor(), link, version=1, text="More").status_code == 410


def test_what_was_typed_through_a_link_that_ran_out_goes_a_month_later(make, visitor):
    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC), tick=False) as clock:
        link = make(lasts=timedelta(days=1))
        save(visitor(), link, version=0, text="Kept")
        clock.shift(timedelta(days=30))
        assert operations.purge() == 0
        clock.shift(timedelta(days=2))
        assert operations.purge() == 1
    assert kept(link) == {}


def test_a_version_that_is_no_number_of_ours_is_one_that_was_overtaken(make, visitor):
    link = make()
    save(visitor(), link, version=0, text="Kept")
    assert save(visitor(), link, version="9" * 5000, text="More").status_code == 409
