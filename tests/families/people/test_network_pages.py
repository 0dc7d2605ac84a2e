"""The network as a page and as a PDF: by pseudonym, and with real names on request."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from families.people.models import Person, Relation
from families.people.operations.households import add_household, add_living
from families.people.operations.relations import add_relation
from scr_portal.audit.models import AuditEvent
from tests.families.conftest import a_person

NAME = "Maryam Invented"


def url(name, review):
    return reverse(f"families:{name}", args=[review.pk])


def page(answer):
    return answer.content.decode()


@pytest.fixture
def related(review, cast, family):
    child = review.family.get(child__isnull=False)
    for parent in (family.mother, family.father):
        add_relation(review=review, kind="birth", one=parent, other=child, by=cast.liaison)
    home = add_household(review=review, name="Mother's home", by=cast.liaison)
    for person in (family.mother, child):
        add_living(household=home, person=person, by=cast.liaison)
    return family


def test_the_picture_stands_beside_the_same_in_words(review, cast, related, sign_in):
    shown = page(sign_in(cast.liaison).get(url("network", review)))
    for words in ("<svg", 'role="region"', "The same in words", "What the symbols mean"):
        assert words in shown
    assert "Child of Mother and Father by birth" in shown
    assert "Mother&#x27;s home" in shown
    assert NAME not in shown
    apart = shown.split("Not related to anybody yet")[1].split("</p>")[0]
    assert "Maternal grandmother" in apart
    assert "Father" not in apart


def test_real_names_show_in_the_answer_to_a_post_that_is_kept(review, cast, related, sign_in):
    client = sign_in(cast.chair)
    shown = page(client.post(url("network", review)))
    assert NAME in shown
    assert "Show pseudonyms again" in shown
    event = AuditEvent.objects.get(kind="family_names_shown")
    assert (event.actor_id, event.review_id) == (cast.chair.pk, review.pk)
    assert NAME not in str(event.__dict__)
    nosy = sign_in(cast.auditor)
    assert "real names" not in page(nosy.get(url("network", review))).casefold()
    assert nosy.post(url("network", review)).status_code == 403
    assert nosy.post(url("network_pdf", review)).status_code == 403
    assert AuditEvent.objects.filter(kind="family_names_shown").count() == 1


def test_the_pdf_is_named_by_the_reference_and_its_going_is_kept(review, cast, related, sign_in):
    client = sign_in(cast.lead)
    answers = client.get(url("network_pdf", review)), client.post(url("network_pdf", review))
    for answer in answers:
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("attachment")
        assert f"{review.reference}-family-network-20" in answer["Content-Disposition"]
        assert "Maryam" not in answer["Content-Disposition"]
    gone = AuditEvent.objects.filter(kind="downloaded").order_by("pk")
    assert [event.target_label for event in gone] == [
        "the family network",
        "the family network with real names",
    ]
    text = [_text_of(answer.content) for answer in answers]
    assert "Mother" in text[0]
    assert NAME not in text[0]
    assert NAME in text[1]
    assert "With real names" in text[1]


def _text_of(content):
    return "\n".join(each.extract_text() for each in PdfReader(BytesIO(content)).pages)


def test_an_empty_network_says_what_to_do_first(review, cast, sign_in):
    shown = page(sign_in(cast.liaison).get(url("network", review)))
    assert "There is nobody to draw yet" in shown
    assert url("people", review) in shown


def test_a_large_network_costs_no_more_queries(review, cast, related, sign_in):
    client, costs = sign_in(cast.liaison), []
    mother = related.mother
    for upto in (5, 14, 40):
        while review.family.count() < upto:
            child = a_person(review, cast, f"Cousin {review.family.count()}", age="12")
            Relation.objects.create(
                review=review, kind="other", one=mother, other=child, by=cast.liaison
            )
        client.get(url("network", review))
        with CaptureQueriesContext(connection) as spent:
            assert client.get(url("network", review)).status_code == 200
        costs.append(len(spent))
    assert len(set(costs)) == 1, costs
    assert Person.objects.filter(review=review).count() == 40
