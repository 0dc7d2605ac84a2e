"""The chair lets the review move on without something, for one person or for all, with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from families.involvement.models import Waiver
from families.involvement.operations import waiving as operations
from families.involvement.queries.waivers import is_waived, waived
from scr_portal.core.reasons import Refused


def waive(review, by, about="report", **said):
    return operations.waive(review=review, about=about, by=by, **{"reason": "She wishes so"} | said)


def test_for_one_person_or_for_everybody(cast, review, family):
    assert not is_waived(review, "report", family.mother)
    waive(review, cast.chair, person=family.mother)
    assert is_waived(review, "report", family.mother)
    assert not is_waived(review, "report", family.father)
    assert not is_waived(review, "report")
    assert not is_waived(review, "accuracy", family.mother)
    waive(review, cast.chair)
    assert is_waived(review, "report", family.father) and is_waived(review, "report")
    assert waived(review, "report") == {None, family.mother.pk}


@pytest.mark.parametrize("about", Waiver.About.values)
def test_each_thing_is_waived_once_and_ends_once(about, cast, review):
    Waiver.objects.all().delete()
    made = waive(review, cast.chair, about)
    with pytest.raises(Refused, match="waived already"):
        waive(review, cast.chair, about)
    operations.end_waiver(waiver=made, by=cast.chair)
    with pytest.raises(Refused, match="ended already"):
        operations.end_waiver(waiver=made, by=cast.chair)
    assert not is_waived(review, about)
    waive(review, cast.chair, about)


def test_a_reason_is_demanded(cast, review):
    with pytest.raises(Refused, match="Say why"):
        waive(review, cast.chair, reason=" ")
    with pytest.raises(Refused, match="Choose"):
        waive(review, cast.chair, "haste")


@pytest.mark.parametrize("who", ["unit", "lead", "liaison", "auditor", "panel"])
def test_only_the_chair_waives(who, cast, review, client):
    made = waive(review, cast.chair)
    with pytest.raises(PermissionDenied):
        waive(review, cast.people[who], "accuracy")
    with pytest.raises(PermissionDenied):
        operations.end_waiver(waiver=made, by=cast.people[who])


def test_the_chair_does_it_on_a_page(client, cast, review, family):
    client.force_login(cast.chair)
    page = reverse("families:involvement", args=[review.pk])
    assert "Without the family seeing the report" in client.get(page).content.decode()
    url = reverse("families:family_waive", args=[review.pk, "report"])
    begun = client.get(f"{url}?person={family.mother.pk}").content.decode()
    assert f'value="{family.mother.pk}" selected' in begun
    sent = {"person": family.mother.pk, "reason": "She wishes so"}
    assert "She wishes so" in client.post(url, sent, follow=True).content.decode()
    assert "waived already" in client.post(url, sent).content.decode()
    made = Waiver.objects.get(about="report")
    end = reverse("families:family_waiver_end", args=[review.pk, made.pk])
    assert "Ended." in client.post(end, follow=True).content.decode()
    assert "ended already" in client.post(end, follow=True).content.decode()
    client.force_login(cast.liaison)
    assert "Let the review move on" not in client.get(page).content.decode()
