"""What each person was told: lines that stand, once for a click, and gaps that are seen."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.contributions.contributions import family_phases
from families.feedback import queries
from families.feedback.models import Told
from families.feedback.operations import telling
from families.involvement.models import Phase
from families.involvement.operations.safety import keep_apart
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.families.conftest import a_person
from tests.families.contributions.saying import a_contribution, a_use
from tests.families.feedback.afterwards import SAID, asked, invite, told


def page(review):
    return reverse("families:feedback", args=[review.pk])


def typed(*people, **fields):
    today = clock.today()
    given = {
        "people": [person.pk for person in people],
        "about": ["report"],
        "on": today.isoformat(),
        "token": "one-click",
    }
    return given | SAID | fields


def test_people_who_were_told_together_have_a_line_each(cast, review, family, sign_in):
    client = sign_in(cast.liaison)
    url = reverse("families:feedback_tell", args=[review.pk])
    said = typed(
        family.mother,
        family.grandmother,
        about=["report", "learning"],
        **{f"response_{family.mother.pk}": "She wept."},
    )
    for _click in range(2):
        assert client.post(url, said).url == page(review)
    assert Told.objects.count() == 4
    assert set(Told.objects.filter(person=family.mother).values_list("about", flat=True)) == {
        "report",
        "learning",
    }
    text = client.get(page(review)).content.decode()
    assert "She wept." in text and "That three agencies knew." in text and "at her home" in text
    assert text.count("Not told yet") == 4 * review.family.count() - 4


@pytest.mark.parametrize(("who", "reads"), [("unit", True), ("chair", False), ("auditor", False)])
def test_what_they_said_to_it_is_for_who_keeps_the_register(
    cast, review, family, sign_in, who, reads
):
    telling.tell(
        review=review,
        people={family.mother: "She wept."},
        about=["learning"],
        on=clock.today(),
        by=cast.liaison,
        token="x",
        **SAID,
    )
    text = sign_in(cast.people[who]).get(page(review)).content.decode()
    assert ("She wept." in text) is reads and "at her home" in text


def test_the_history_says_who_and_of_what_but_no_word_of_it(cast, family):
    told(cast, family.mother, about="report")
    event = AuditEvent.objects.get(kind="family_told_afterwards")
    assert event.target_label == "Mother"
    assert "three agencies" not in str(event.__dict__) and "Maryam" not in str(event.__dict__)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"people": []}, "Choose who was told"),
        ({"about": []}, "Choose what they were told of"),
        ({"about": ["gossip"]}, "Choose"),
        ({"people": ["999999"]}, "Choose"),
        ({"people": ["x"]}, "Choose"),
        ({"on": ""}, "Enter"),
        ({"on": "2999-01-01"}, "Told on"),
        ({"on": "2020-01-01"}, "before the incident"),
        ({"text": ""}, "Enter what they were told"),
    ],
)
def test_what_can_not_be_is_said(cast, review, family, sign_in, fields, words):
    url = reverse("families:feedback_tell", args=[review.pk])
    answer = sign_in(cast.liaison).post(url, typed(family.mother) | fields)
    assert answer.status_code == 200 and words in answer.content.decode()
    assert not Told.objects.exists()


def test_nobody_is_told_who_can_not_be(cast, review, family):
    dead = a_person(review, cast, "Grandfather", life="died")
    with pytest.raises(Refused, match="Grandfather"):
        told(cast, dead)
    with pytest.raises(Refused, match="future"):
        told(cast, family.mother, on=clock.today() + timedelta(days=1))
    with pytest.raises(Refused, match="Choose who"):
        telling.tell(
            review=review,
            people={},
            about=[],
            on=clock.today(),
            token="x",
            by=cast.liaison,
            **SAID,
        )


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "observer", "member", "outsider"])
def test_who_keeps_no_register_records_nothing(cast, family, who):
    with pytest.raises(PermissionDenied):
        told(cast, family.mother, by=cast.people[who])


def test_a_line_stands(cast, family):
    [line] = told(cast, family.mother)
    with pytest.raises(InternalError), transaction.atomic():
        Told.objects.filter(pk=line.pk).update(how="otherwise")
    with pytest.raises(InternalError), transaction.atomic():
        line.delete()


def test_what_was_told_is_unreadable_in_the_database(cast, family):
    told(cast, family.mother)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, response FROM families_told")
        assert "agencies" not in str(cursor.fetchall())


def test_the_link_of_a_gap_ticks_the_person_and_the_matter(cast, review, family, sign_in):
    url = reverse("families:feedback_tell", args=[review.pk])
    form = (
        sign_in(cast.liaison).get(f"{url}?person={family.father.pk}&about=action").context["form"]
    )
    assert form["people"].value() == [str(family.father.pk)]
    assert form["about"].value() == ["action"]
    odd = sign_in(cast.liaison).get(f"{url}?person=x&about=x")
    assert odd.status_code == 200


def test_the_chair_reads_and_keeps_nothing(cast, review, family, sign_in):
    told(cast, family.mother)
    text = sign_in(cast.chair).get(page(review)).content.decode()
    assert "That three agencies knew." in text
    assert "/afterwards/" not in text


def test_an_empty_register_says_what_to_do_first(cast, review, sign_in):
    review.family.all().delete()
    assert (
        "Nobody is in the family register"
        in sign_in(cast.liaison).get(page(review)).content.decode()
    )


def test_the_page_costs_the_same_however_many_people(cast, review, sign_in):
    client = sign_in(cast.liaison)
    costs = []
    client.get(page(review))
    for number in (1, 10, 40):
        while review.family.exclude(relationship="subject").count() < number:
            person = a_person(review, cast, f"Person {review.family.count()}")
            invite(cast, person)
            told(cast, person, about="report")
            asked(cast, person)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page(review)).status_code == 200
        costs.append(len(caught))
    assert len(set(costs)) == 1, costs


def test_what_repeats_their_words_is_for_who_reads_those(cast, review, family, sign_in):
    words = "Finding 2 says that nobody asked you about the bruise."
    told(cast, family.mother, about="their_words", text=words)
    told(cast, family.mother, about="report", text=words)
    for who, reads in (("lead", True), ("liaison", True), ("unit", False), ("auditor", False)):
        text = sign_in(cast.people[who]).get(page(review)).content.decode()
        assert text.count(words) == (2 if reads else 0), who
        assert "at her home" in text and "Told by Fatima Begum" in text
    told(cast, family.father, about="their_words", text="The unit wrote this.", by=cast.unit)
    assert "The unit wrote this." in sign_in(cast.unit).get(page(review)).content.decode()


def test_a_use_that_they_were_told_of_shows_afterwards(cast, review, family, sign_in):
    invite(cast, family.mother)
    secret = a_contribution(review, cast, person=family.father, visibility="named")
    said = a_contribution(review, cast, person=family.mother)
    for each in (said, secret):
        a_use(each, cast, person_told_on=clock.today())
    address = said.get_absolute_url()
    for who, reads in (("lead", True), ("unit", False)):
        text = sign_in(cast.people[who]).get(page(review)).content.decode()
        assert (address in text) is reads
        assert secret.get_absolute_url() not in text
    assert secret.get_absolute_url() in sign_in(cast.liaison).get(page(review)).content.decode()
    [fact] = [each for each in family_phases(review, cast.lead) if each.phase == Phase.LEARNING]
    assert fact.person_id == family.mother.pk and fact.on == clock.today()
    assert not family_phases(review, cast.unit)


def test_invited_people_stand_first_and_others_show_no_gaps(cast, review, family, sign_in):
    invite(cast, family.grandmother)
    invite(cast, family.mother, family.father, choice="not_invited")
    rows = queries.afterwards(review, cast.liaison)
    assert rows[0].person == family.grandmother
    [mother] = [row for row in rows if row.person == family.mother]
    assert not mother.may_be_asked and mother.lines == []
    assert rows[0].may_be_asked and len(rows[0].lines) == 4
    text = sign_in(cast.liaison).get(page(review)).content.decode()
    ask = reverse("families:evaluation_ask", args=[review.pk, family.mother.pk])
    assert ask not in text and f"?person={family.mother.pk}" in text


def test_people_kept_apart_are_not_told_together(cast, review, family):
    keep_apart(
        review=review, one=family.mother, other=family.father, reason="Afraid.", by=cast.liaison
    )
    with pytest.raises(Refused, match="be put into one contact") as refused:
        told(cast, family.mother, family.father, by=cast.unit)
    assert "apart" not in str(refused.value)
    assert told(cast, family.mother, by=cast.unit)


def test_each_box_says_whose_it_is(cast, review, family, sign_in):
    url = reverse("families:feedback_tell", args=[review.pk])
    said = typed(family.mother, how="", told_by="")
    text = sign_in(cast.liaison).post(url, said).content.decode()
    for words in ("What Mother said to it", "Say how they were told", "Say who told them"):
        assert words in text
