"""Instructions for everybody; why, and who is kept apart, for those alone who may know it."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from families.involvement.models import Apart, Safety, SafetyReason
from families.involvement.operations import safety as operations
from families.people.operations.people import add_person
from reviews.case.operations.record import Stale
from reviews.case.queries import history_for
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused

SECRET = "He has followed her to the shelter"
NOTHING = {
    "no_letters": False,
    "letters_do_not_suit": False,
    "safe_channels": "",
    "safe_times": "",
    "not_told": "",
}


@pytest.fixture
def kept(cast, family):
    """Why mother is kept safe, and that she is kept apart from father."""
    operations.keep_reason(
        person=family.mother, version=1, by=cast.liaison, domestic_abuse=True, reason=SECRET
    )
    return operations.keep_apart(
        review=family.mother.review,
        one=family.mother,
        other=family.father,
        reason=SECRET,
        by=cast.lead,
    )


def keep(person, by, version=1, **said):
    return operations.keep_safety(person=person, version=version, by=by, **NOTHING | said)


def test_instructions_are_written_by_who_keeps_the_family(cast, family):
    keep(family.mother, cast.unit, no_letters=True, safe_times="Mornings")
    with pytest.raises(Stale):
        keep(family.mother, cast.lead, safe_times="Evenings")
    keep(family.mother, cast.lead, version=2, no_letters=True, safe_times="Evenings")
    assert Safety.objects.get().safe_times == "Evenings"
    for who in ("chair", "auditor", "panel"):
        with pytest.raises(PermissionDenied):
            keep(family.mother, cast.people[who], version=3)
    events = AuditEvent.objects.filter(kind="family_safety_changed")
    assert events.count() == 2
    assert "Mornings" not in str(list(events.values()))


@pytest.mark.parametrize("who", ["unit", "chair", "auditor", "panel"])
def test_why_is_read_and_written_by_few(who, cast, review, family, kept):
    by = cast.people[who]
    acts = [
        lambda: operations.keep_reason(
            person=family.mother, version=2, by=by, domestic_abuse=False, reason=""
        ),
        lambda: operations.keep_apart(
            review=review, one=family.mother, other=family.grandmother, reason="x", by=by
        ),
        lambda: operations.end_apart(apart=kept, by=by),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert SafetyReason.objects.get().reason == SECRET


def test_who_may_not_know_why_can_neither_read_guess_nor_overwrite_it(
    client, cast, review, family, kept
):
    """To the unit the two are alike: a person kept safe in silence, and one of whom nothing is."""
    client.force_login(cast.unit)

    def answers(person):
        names = ("involved", "safety_edit")
        pages = [reverse(f"families:{name}", args=[review.pk, person.pk]) for name in names]
        texts = [client.get(page).content.decode().partition("<h1")[2] for page in pages]
        hidden = rf'\b{person.pk}\b|{person}|middlewaretoken" value="\w+|nonce="[^"]*'
        return [re.sub(hidden, "", text) for text in texts]

    twin = add_person(
        review=review, by=cast.liaison, pseudonym="Twin", relationship="mother", sex="female"
    )
    assert answers(family.mother) == answers(twin)
    url = reverse("families:safety_edit", args=[review.pk, family.mother.pk])
    sent = {"safe_times": "Mornings", "version": "1", "reason": "", "domestic_abuse": ""}
    assert client.post(url, sent).status_code == 302
    assert Safety.objects.get().safe_times == "Mornings"
    assert SafetyReason.objects.get().reason == SECRET
    assert SafetyReason.objects.get().domestic_abuse
    why = reverse("families:safety_reason", args=[review.pk, family.mother.pk])
    assert client.get(why).status_code == client.post(why, sent).status_code == 403


def test_no_page_shows_why_to_who_may_not_know(client, cast, review, family, kept):
    pages = [
        reverse("families:involvement", args=[review.pk]),
        *(reverse("families:involved", args=[review.pk, p.pk]) for p in review.family.all()),
        reverse("reviews:history", args=[review.pk]),
        reverse("home"),
    ]
    for who in ("unit", "chair", "auditor", "lead", "liaison"):
        client.force_login(cast.people[who])
        said = "".join(client.get(page).content.decode() for page in pages)
        sees = who in ("lead", "liaison")
        assert (SECRET in said) is sees, who
        assert ("kept apart" in said) is sees, who
        assert ("Domestic abuse" in said) is sees, who


def test_the_history_hides_pairs_and_reasons(cast, review, kept):
    hidden = {"family_apart_set", "family_safety_reason_changed"}
    for who in ("unit", "chair", "auditor", "lead"):
        kinds = set(history_for(review, cast.people[who]).values_list("kind", flat=True))
        assert (hidden <= kinds) is (who == "lead"), who
        assert bool(hidden & kinds) is (who == "lead"), who


def test_a_pair_is_one_row_whichever_was_named_first(cast, review, family, kept):
    def apart(one, other, reason="x"):
        return operations.keep_apart(
            review=review, one=one, other=other, reason=reason, by=cast.liaison
        )

    with pytest.raises(Refused, match="two people"):
        apart(family.mother, family.mother)
    with pytest.raises(Refused, match="Say why"):
        apart(family.mother, family.grandmother, " ")
    with pytest.raises(Refused, match="already"):
        apart(family.father, family.mother)
    operations.end_apart(apart=kept, by=cast.lead)
    with pytest.raises(Refused, match="ended already"):
        operations.end_apart(apart=kept, by=cast.lead)
    apart(family.father, family.mother)
    assert Apart.objects.count() == 2


def test_two_who_may_know_why_do_not_overwrite_each_other(cast, family, kept):
    said = {"person": family.mother, "domestic_abuse": True}
    operations.keep_reason(version=2, by=cast.lead, reason="More", **said)
    with pytest.raises(Stale):
        operations.keep_reason(version=2, by=cast.liaison, reason="Less", **said)


def test_why_is_unreadable_in_the_database_and_absent_from_the_history(cast, family, kept):
    keep(family.mother, cast.unit, not_told=SECRET)
    with connection.cursor() as cursor:
        for table in ("safety", "safetyreason", "apart"):
            cursor.execute(f"SELECT * FROM families_{table}")
            assert SECRET not in str(cursor.fetchall())
    assert SECRET not in str(list(AuditEvent.objects.values()))
