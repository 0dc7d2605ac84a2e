"""What follows on a contribution: their check, accounts beside it, and what became of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import InternalError
from django.urls import reverse

from families.contributions.models import (
    AccuracyCheck,
    Contradiction,
    Contribution,
    Use,
)
from families.contributions.operations import beside, checking, using, writing
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.families.contributions.saying import (
    WORDS,
    a_contribution,
    a_use,
    beside_a_record,
    checked,
    side_by_side,
)


def url(name, review, *more):
    return reverse(f"families:{name}", args=[review.pk, *more])


@pytest.fixture
def made(review, cast):
    return a_contribution(review, cast)


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
    page = client.post(url("account_remove", review, made.pk, row.pk), follow=True)
    assert "words of an agency or record stay" in page.content.decode()
    assert made.contradictions.get().account == "I came once."
    assert url("account_remove", review, made.pk, row.pk) not in page.content.decode()
    pair = side_by_side(made, other, by=cast.liaison)
    assert client.post(url("account_remove", review, made.pk, pair.pk)).status_code == 302
    assert client.post(url("account_remove", review, made.pk, pair.pk)).status_code == 404


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
