import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from reviews.case.evidence import evidence
from reviews.case.lifecycle import Stage
from reviews.scoping.purpose import rules
from reviews.scoping.purpose.contributions import worklist
from reviews.scoping.purpose.models import Group, PurposeStatement, Telling
from reviews.scoping.purpose.operations import ledger
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from tests import builders
from tests.reviews.decisions.briefings.telling import issued

TODAY = clock.today()
OCCASION = {
    "told_on_day": TODAY.day,
    "told_on_month": TODAY.month,
    "told_on_year": TODAY.year,
    "how": "meeting",
    "told_by": "The chair",
    "note": "They asked when it ends.",
    "token": "one-click",
}


@pytest.fixture
def review(cast):
    return builders.review_at(Stage.COMMISSIONING, cast)


def url(name, review, *args):
    return reverse(f"reviews:{name}", args=[review.pk, *args])


def page(client, name, review, *args):
    return client.get(url(name, review, *args)).content.decode()


def test_from_our_words_to_a_ledger(review, cast, sign_in):
    unit, chair = sign_in(cast.unit), sign_in(cast.chair)
    assert "Nothing is said yet" in page(unit, "purpose", review)
    edit = page(unit, "purpose_edit", review)
    assert rules.template().splitlines()[0] in edit
    unit.post(
        url("purpose_edit", review),
        {"text": rules.template(), "complications": "There is a trial.", "version": 0},
    )
    assert "Go to agree" not in page(unit, "purpose", review)
    assert "Go to agree" in page(chair, "purpose", review)
    assert "There is a trial." in page(chair, "purpose_agree", review)
    assert chair.post(url("purpose_agree", review), {"version": 1}).status_code == 302
    again = chair.post(url("purpose_agree", review), {"version": 1}, follow=True)
    assert "no statement that waits" in again.content.decode()
    groups = [Group.MEMBERS.value, Group.FAMILY.value]
    sent = OCCASION | {"groups": groups, "who_family": "Grandmother", "another": "1"}
    more = unit.post(url("purpose_tell", review), sent).content.decode()
    assert "The chair" in more and "On the record" in more
    unit.post(url("purpose_tell", review), sent)
    assert Telling.objects.count() == 2
    shown = page(unit, "purpose", review)
    assert "The family: Grandmother" in shown and "They asked when it ends." in shown
    assert shown.count("Not told yet") == 3


def test_strike_waive_and_end(review, cast, sign_in):
    builders.tell_purpose(review, cast)
    unit = sign_in(cast.unit)
    line = Telling.objects.get(group=Group.FAMILY)
    unit.post(url("telling_strike", review, line.pk), {"reason": "It was the aunt"})
    shown = unit.post(
        url("telling_waive", review, "family"), {"reason": "They asked to wait"}, follow=True
    ).content.decode()
    assert "It was the aunt" in shown and "Waived: They asked to wait" in shown
    waiver = review.tellingwaivers.get()
    ended = unit.post(url("telling_waiver_end", review, waiver.pk), follow=True).content.decode()
    assert "Reasons that no longer hold" in ended and "Not told yet" in ended
    assert unit.get(url("telling_waive", review, "nobody")).status_code == 404


@pytest.mark.parametrize("who", ["liaison", "panel", "auditor", "chair"])
def test_who_reads_the_scope_reads_and_changes_nothing(review, cast, sign_in, who):
    cast.on(review)
    builders.tell_purpose(review, cast)
    client = sign_in(cast.people[who])
    shown = page(client, "purpose", review)
    assert "There is a trial." in shown and "Strike out" not in shown
    assert "Begin the next version" not in shown
    assert client.post(url("purpose_tell", review), OCCASION).status_code == 403


def test_versions_are_compared(review, cast, sign_in):
    builders.tell_purpose(review, cast, text="We learn from this case.")
    unit = sign_in(cast.unit)
    assert "We learn from this case." in page(unit, "purpose_edit", review)
    unit.post(
        url("purpose_edit", review),
        {"text": "We learn from this child.", "complications": "There is a trial.", "version": 0},
    )
    shown = page(unit, "purpose_compare", review, 2)
    assert "<del>" in shown and "<ins>" in shown
    assert "It is the first version." in page(unit, "purpose_compare", review, 1)
    assert unit.get(url("purpose_compare", review, 3)).status_code == 404


def test_a_lost_race_shows_both(review, cast, sign_in):
    cast.on(review)
    sent = {"text": "From the unit", "complications": "", "version": 0}
    sign_in(cast.unit).post(url("purpose_edit", review), sent)
    late = sign_in(cast.lead).post(url("purpose_edit", review), sent | {"text": "From the lead"})
    assert "From the unit" in late.content.decode() and "From the lead" in late.content.decode()


def test_a_briefing_is_offered_for_the_ledger(cast, sign_in):
    review = builders.review_at(Stage.COMMISSIONING, cast)
    briefing = issued(cast, review)
    builders.tell_purpose(review, cast)
    unit = sign_in(cast.unit)
    offer = f"?briefing={briefing.number}"
    assert offer in page(unit, "purpose", review)
    form = unit.get(url("purpose_tell", review) + offer).content.decode()
    assert "1 member, by briefing 1" in form and "Board chair Invented" in form
    unit.post(url("purpose_tell", review), OCCASION | {"groups": ["members"], "how": "briefing"})
    assert offer not in page(unit, "purpose", review)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_statement_and_ledger_as_a_file(review, cast, sign_in, kind):
    builders.tell_purpose(review, cast)
    answer = sign_in(cast.unit).get(url("purpose_file", review, kind))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    if kind == "pdf":
        text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.content)).pages)
        assert "There is a trial." in text and "Practitioners who worked" in text
    event = AuditEvent.objects.get(kind="downloaded")
    assert event.target_label.startswith("Purpose, 1")
    assert sign_in(cast.unit).get(url("purpose_file", review, "exe")).status_code == 404


def test_evidence_and_what_waits(review, cast):
    assert "Write the statement of purpose" in [str(n.text) for n in worklist(cast.unit)]
    first = evidence(review, cast.unit, 5)
    assert [each.question for each in first] == ["5.1"] * 5 + ["5.2", "5.3"]
    assert "Not told yet" in str(first[0].text) and "No record" in str(first[-1].text)
    builders.tell_purpose(review, cast)
    assert worklist(cast.unit) == worklist(cast.chair) == []
    later = evidence(review, cast.unit, 5)
    assert "Told on" in str(later[0].text)
    assert "agreed by the chair" in str(later[5].text) and "says openly" in str(later[6].text)
    assert evidence(review, cast.unit, 6) is not later
    Telling.objects.filter(group="family").delete()
    assert [str(n.text) for n in worklist(cast.unit)] == ["Tell people what the review is for"]


@pytest.mark.parametrize("number", [1, 10, 40])
def test_the_page_costs_the_same_for_any_ledger(
    review, cast, sign_in, django_assert_max_num_queries, number
):
    builders.tell_purpose(review, cast)
    for each in range(number):
        ledger.tell(
            review=review,
            groups={"family": ""},
            told_on=TODAY,
            how="letter",
            told_by="The chair",
            note="",
            by=cast.unit,
            token=str(each),
        )
    client = sign_in(cast.unit)
    assert PurposeStatement.objects.count() == 1
    with django_assert_max_num_queries(40):
        assert client.get(url("purpose", review)).content.decode().count("Strike out") == number + 5
