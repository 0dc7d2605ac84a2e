"""A new key in front of the old one, and then without it."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.urls import reverse

from families.contributions.models import Contribution, ContributionText
from families.people.models import Person
from families.people.operations.people import add_person
from scr_portal.accounts.adapter import SecondFactorAdapter
from scr_portal.core import rotating
from scr_portal.core.fields import KeyLost
from tests import builders

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
NAMES = {"real_name": "Maryam Testcase", "address": "17 Nowhere Row, ZZ1 2ZZ"}


@pytest.fixture
def case(cast, settings):
    """Written with the old key, a row that a trigger protects and a second factor among it."""
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    review = builders.a_review(cast)
    person = add_person(
        review=review, by=cast.unit, pseudonym="Mother", relationship="mother", **NAMES
    )
    said = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=cast.unit, type="totp", data={"secret": said})
    return person


def rotated(*options):
    out = StringIO()
    call_command("rotate_field_keys", *options, stdout=out)
    return out.getvalue()


def lines(said, model):
    return next(line for line in said.splitlines() if line.startswith(f"{model}:"))


def test_a_rotated_key_still_reads_and_the_old_one_can_go(case, cast, settings, monkeypatch):
    monkeypatch.setattr(rotating, "BATCH", 1)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    assert Person.objects.get(pk=case.pk).real_name == NAMES["real_name"]
    checked = lines(rotated("--check"), "families.Person")
    assert checked == (
        "families.Person: 2 under an older key, 0 under the first key, 0 that no key opens"
    )
    said = rotated()
    assert "families.Person: 2 written anew, 0 under" in said
    assert "mfa.Authenticator: 1 written anew" in said
    again = rotated()
    assert "families.Person: 0 written anew, 2 under the first key" in again
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    person = Person.objects.get(pk=case.pk)
    assert {name: getattr(person, name) for name in NAMES} == NAMES
    kept = Authenticator.objects.get(user=cast.unit).data["secret"]
    assert SecondFactorAdapter().decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_rows_that_never_change_are_written_anew_and_stay_protected(case, settings):
    said = Contribution.objects.create(
        review=case.review,
        person=case,
        said_on="2026-01-01",
        said_to="The liaison",
        topic="Health visits",
        text="Nobody came.",
        visibility="team",
        author=case.created_by,
        token="one",
    )
    row = ContributionText.objects.create(
        review=case.review, contribution=said, number=1, text="Nobody", by=case.created_by
    )
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    assert "families.ContributionText: 1 written anew" in rotated()
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    row.refresh_from_db()
    assert row.text == "Nobody"
    with pytest.raises(DatabaseError, match="Cannot update"):
        ContributionText.objects.filter(pk=row.pk).update(number=2)


def test_a_lost_key_says_so_and_nothing_is_overwritten(case, cast, settings, sign_in):
    with connection.cursor() as cursor:
        cursor.execute("SELECT real_name FROM families_person WHERE id = %s", [case.pk])
        before = cursor.fetchone()
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(KeyLost, match="not among FIELD_ENCRYPTION_KEYS"):
        Person.objects.get(pk=case.pk)
    for options in ([], ["--check"]):
        with pytest.raises(CommandError, match="Put the key that is missing back"):
            rotated(*options)
    with connection.cursor() as cursor:
        cursor.execute("SELECT real_name FROM families_person WHERE id = %s", [case.pk])
        assert cursor.fetchone() == before
    client = sign_in(cast.unit)
    answer = client.get(reverse("families:people", args=[case.review_id]))
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "A key is missing" in page
    assert "Nothing was changed and nothing is lost" in page
    assert "Traceback" not in page
    assert client.get("/inbox/").status_code == 200
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    assert client.get(reverse("families:people", args=[case.review_id])).status_code == 200
