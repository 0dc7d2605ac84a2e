"""What an answer rests on: who sees it, who changes it, and what is wrong with it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from quality_markers.assessments.models import EvidenceItem
from quality_markers.assessments.operations import evidence
from quality_markers.assessments.queries.evidence import evidence_of
from reviews.case.evidence import Evidence
from reviews.documents.operations import changing
from reviews.permissions import Permission
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests import builders

FACT = "quality_markers.assessments.queries.record.evidence"


@pytest.fixture
def attach(assessment, ask, cast):
    """``attach("12.4", kind="note", text="…")``"""

    def attached(reference="12.4", by=None, token=None, **what):
        return evidence.attach(
            assessment=assessment,
            question=ask(reference),
            by=by or cast.lead,
            token=token or f"{reference}{sorted(what.items(), key=str)}",
            **what,
        )

    return attached


@pytest.fixture
def says(monkeypatch):
    """``says(cast.lead, "12.4", "A fact")``: the record says it to this person."""
    facts = []

    def evidence(review, user, marker):
        return [fact for who, fact in facts if who == user and fact.marker == marker]

    monkeypatch.setattr(FACT, evidence)

    def said(who, reference, text, url="/somewhere"):
        facts.append((who, Evidence(reference, text, url, date(2026, 3, 3))))
        return facts

    return said


def seen(assessment, user, reference="12.4"):
    markers = list(assessment.markers.all())
    found = evidence_of(assessment, markers, user)
    return [item for items in found.values() for item in items]


def test_each_kind_is_attached_and_said(attach, assessment, cast, says, review):
    says(cast.lead, "12.4", "Three letters were sent")
    document = builders.a_document(review, cast, permission=Permission.READ_DOCUMENTS)
    attach(kind="document", document=document)
    attach(kind="record", text="Three letters were sent")
    attach(kind="web", url="https://example.org/a?b=1", text="The board's page")
    attach(kind="note", text="Red folder, shelf 2")
    items = seen(assessment, cast.lead)
    assert [item.text for item in items] == [
        document.title,
        "Three letters were sent",
        "The board's page",
        "Red folder, shelf 2",
    ]
    assert [bool(item.trouble) for item in items] == [False] * 4
    assert items[1].url == "/somewhere" and items[2].beside == "example.org"
    event = AuditEvent.objects.filter(kind="evidence_attached").first()
    assert event.target_label.endswith("12.4") and document.title not in str(event.changes)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"kind": "web", "url": "http://example.org"}, "https"),
        ({"kind": "web", "url": "https://"}, "https"),
        ({"kind": "web", "url": "javascript:alert(1)"}, "https"),
        ({"kind": "web", "url": "https://me:secret@example.org"}, "password"),
        ({"kind": "web", "url": "https://example.org/" + "a" * 1000}, "1,000"),
        ({"kind": "note", "text": "  "}, "where it lies"),
        ({"kind": "note", "text": "a" * 1001}, "1,000"),
        ({"kind": "record", "text": "Never said"}, "does not say"),
        ({"kind": "document"}, "document"),
        ({"kind": "gossip", "text": "He said"}, "rests on"),
    ],
)
def test_what_is_none_is_refused(attach, what, sentence):
    with pytest.raises(Refused, match=sentence):
        attach(**what)
    assert not EvidenceItem.objects.exists()


def test_a_double_click_attaches_once_and_the_same_thing_is_not_taken_twice(attach):
    first = attach(kind="note", text="Red folder", token="click")
    assert attach(kind="note", text="Red folder", token="click") == first
    assert attach(kind="note", text="Blue folder", token="click") != first
    with pytest.raises(Refused, match="already"):
        attach(kind="note", text="Red folder", token="another")


def test_nobody_attaches_a_document_that_they_may_not_read(attach, cast, review):
    hidden = builders.a_document(review, cast, permission=Permission.EDIT)
    with pytest.raises(Refused, match="Choose a document"):
        attach(kind="document", document=hidden)


def test_what_one_may_not_read_is_absent(attach, assessment, cast, review, sign_in):
    document = builders.a_document(review, cast, permission=Permission.SEE_FAMILY)
    attach(kind="document", document=document)
    assert [item.text for item in seen(assessment, cast.chair)] == [document.title]
    assert seen(assessment, cast.panel) == []
    place = [assessment.review_id, assessment.number, 12]
    page = sign_in(cast.panel).get(reverse("quality_markers:marker", args=place)).content.decode()
    assert document.title not in page and "What the answer rests on" not in page
    here = reverse("quality_markers:evidence", args=[*place, 4])
    none = reverse("quality_markers:evidence", args=[*place, 5])
    of_none = sign_in(cast.panel).get(none).content.decode()
    assert "Nothing is attached." in sign_in(cast.panel).get(here).content.decode()
    assert "Nothing is attached." in of_none


def test_a_withdrawn_document_is_flagged_to_who_still_sees_it(attach, assessment, cast, review):
    document = builders.a_document(review, cast, permission=Permission.READ_DOCUMENTS)
    attach(kind="document", document=document)
    changing.withdraw(document=document, reason="Wrong case", by=cast.unit)
    [item] = seen(assessment, cast.lead)
    assert "was withdrawn on" in item.trouble
    assert seen(assessment, cast.panel) == []


def test_a_pinned_fact_is_for_those_to_whom_the_record_says_it(attach, assessment, cast, says):
    facts = says(cast.lead, "12.4", "Told on 3 March")
    says(cast.chair, "12.4", "Told on 3 March")
    attach(kind="record", text="Told on 3 March")
    for who in (cast.lead, cast.chair):
        [item] = seen(assessment, who)
        assert not item.trouble and item.on == date(2026, 3, 3)
    assert seen(assessment, cast.panel) == []
    facts.clear()
    [item] = seen(assessment, cast.lead)
    assert item.trouble == "The record no longer says this."
    assert seen(assessment, cast.chair) == []


def test_it_is_taken_away_and_put_back(attach, assessment, cast):
    item = attach(kind="note", text="Red folder")
    for _click in range(2):
        evidence.remove(item=item, by=cast.unit)
    assert seen(assessment, cast.lead) == []
    for _click in range(2):
        evidence.put_back(item=item, by=cast.lead)
    assert [each.text for each in seen(assessment, cast.lead)] == ["Red folder"]
    kinds = list(AuditEvent.objects.filter(kind__startswith="evidence_").values_list("kind"))
    assert len(kinds) == 3


def test_somebody_says_that_it_is_not_there(attach, assessment, cast):
    item = attach(kind="web", url="https://example.org")
    evidence.say_broken(item=item, by=cast.unit)
    [broken] = seen(assessment, cast.lead)
    assert "Not found by Business unit Invented" in broken.trouble
    evidence.say_whole(item=item, by=cast.lead)
    assert not seen(assessment, cast.lead)[0].trouble


@pytest.mark.parametrize("who", ["panel", "auditor", "liaison", "chair"])
def test_who_may_not_answer_changes_nothing(attach, cast, who):
    item = attach("1.1", kind="note", text="Red folder")
    with pytest.raises(PermissionDenied):
        attach("1.1", by=cast.people[who], kind="note", text="Mine")
    for act in (evidence.remove, evidence.put_back, evidence.say_broken, evidence.say_whole):
        with pytest.raises(PermissionDenied):
            act(item=item, by=cast.people[who])


def test_liaison_attaches_to_the_family_s_markers(attach, cast):
    assert attach("12.4", by=cast.liaison, kind="note", text="My notebook")


def test_nothing_is_attached_to_a_pass_that_is_with_the_chair(attach, assessment, cast):
    from quality_markers.assessments import operations

    item = attach(kind="note", text="Red folder")
    operations.submit(assessment=assessment, by=cast.lead)
    for act in (
        lambda: attach(kind="note", text="Another"),
        lambda: evidence.remove(item=item, by=cast.lead),
    ):
        with pytest.raises(Refused, match="with the chair"):
            act()


def place(assessment, marker=12, number=4):
    return [assessment.review_id, assessment.number, marker, number]


def test_the_page_attaches_shows_and_takes_away(assessment, cast, review, sign_in, says):
    says(cast.lead, "12.4", "Told on 3 March")
    document = builders.a_document(review, cast, permission=Permission.READ_DOCUMENTS)
    client = sign_in(cast.lead)
    new = reverse("quality_markers:evidence_new", args=place(assessment))
    page = client.get(new)
    text = page.content.decode()
    assert "Told on 3 March" in text and document.title in text
    token = page.context["form"].initial["token"]
    missing = client.post(new, {"kind": "web", "token": token})
    assert "begins with https://" in missing.content.decode()
    data = {"kind": "web", "url": "https://example.org/x", "token": token}
    for _click in range(2):
        assert client.post(new, data).status_code == 302
    item = EvidenceItem.objects.get()
    here = reverse("quality_markers:evidence", args=place(assessment))
    shown = client.get(here).content.decode()
    assert 'href="https://example.org/x" rel="noopener noreferrer' in shown
    act = "quality_markers:evidence_act"
    for word, found in [("broken", "Not found by"), ("found", "Take away"), ("remove", "Put back")]:
        url = reverse(act, args=[*place(assessment), item.pk, word])
        assert found in client.post(url, follow=True).content.decode()
    assert client.post(reverse(act, args=[*place(assessment), item.pk, "eat"])).status_code == 404


def test_hostile_words_are_text(attach, assessment, cast, sign_in):
    attach(kind="note", text="<script>alert(1)</script>")
    client = sign_in(cast.lead)
    for url in (
        reverse("quality_markers:evidence", args=place(assessment)),
        reverse("quality_markers:marker", args=place(assessment)[:3]),
    ):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_what_one_may_not_see_is_not_there_to_be_taken_away(
    attach, assessment, cast, review, sign_in
):
    document = builders.a_document(review, cast, permission=Permission.EDIT)
    item = attach(by=cast.unit, kind="document", document=document)
    url = reverse("quality_markers:evidence_act", args=[*place(assessment), item.pk, "remove"])
    assert sign_in(cast.lead).post(url).status_code == 404
    item.refresh_from_db()
    assert item.removed_at is None
