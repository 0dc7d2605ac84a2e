"""Judged in place while the record says otherwise: seen in the reader's name, and explained."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quality_markers.assessments import operations
from quality_markers.assessments.models import Explanation, Pass
from quality_markers.assessments.queries.record import contradictions, facts_for
from reviews.case.evidence import Evidence
from reviews.case.operations.record import Stale
from reviews.permissions import Permission
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused

NO_BRIEFING = "No record that members have been told of the decision"
IN_PLACE = {"judgement": "in_place"}


@pytest.fixture
def facts(monkeypatch):
    """What the rooms say, for a test to change: to everybody, or to who sees the family alone."""
    said = [Evidence("3.1", NO_BRIEFING, "/", contradicts=True), Evidence("3.2", "A fact", "/")]

    def evidence(review, user, marker):
        family = user.has_perm(Permission.SEE_FAMILY, review)
        return [each for each in said if each.marker == marker and (family or each.url != "family")]

    monkeypatch.setattr("quality_markers.assessments.queries.record.evidence", evidence)
    return said


@pytest.fixture
def explain(assessment, ask):
    def explained(reference, by, words="They were told in a meeting.", version=0, **changed):
        (found,) = contradictions(assessment, by, only=ask(reference)) or [None]
        given = {"seen": found.seen if found else "", "version": version, **changed}
        return operations.explain(
            assessment=assessment, question=ask(reference), words=words, by=by, **given
        )

    return explained


def url(name, assessment, *more):
    return reverse(f"quality_markers:{name}", args=[assessment.review_id, assessment.number, *more])


def found(assessment, user):
    fresh = Pass.objects.select_related("review__board", "catalogue").get(pk=assessment.pk)
    return contradictions(fresh, user)


def test_only_what_is_judged_in_place_is_contradicted(assessment, facts, write, cast):
    for judgement in ("partly", "not_in_place", "not_considered"):
        write("3.1", cast.lead, judgement=judgement)
        assert not found(assessment, cast.lead)
    write("3.1", cast.lead, **IN_PLACE)
    write("3.2", cast.lead, **IN_PLACE)
    (one,) = found(assessment, cast.lead)
    assert (one.reference, one.is_explained) == ("3.1", False)
    assert [str(fact.text) for fact in one.facts] == [NO_BRIEFING]


def test_each_reader_has_the_contradictions_among_their_own_facts(
    assessment, facts, write, cast, explain
):
    facts.append(Evidence("12.4", "Nobody weighed a wish", "family", contradicts=True))
    for reference in ("3.1", "12.4"):
        write(reference, cast.lead, **IN_PLACE)
    explain("12.4", cast.lead)
    assert [each.reference for each in found(assessment, cast.lead)] == ["3.1", "12.4"]
    assert [each.reference for each in found(assessment, cast.liaison)] == ["12.4"]
    assert [each.reference for each in found(assessment, cast.panel)] == ["3.1"]
    assert not found(assessment, cast.outsider)


def test_another_framework_is_asked_nothing(assessment, facts, write, cast):
    write("3.1", cast.lead, **IN_PLACE)
    fresh = Pass.objects.select_related("review__board", "catalogue").get(pk=assessment.pk)
    assert facts_for(fresh, fresh.markers.all(), cast.lead)
    fresh.catalogue.framework = "another"
    assert not facts_for(fresh, fresh.markers.all(), cast.lead)
    assert not contradictions(fresh, cast.lead)


def test_an_explanation_holds_for_the_facts_that_were_read(assessment, facts, write, cast, explain):
    write("3.1", cast.lead, **IN_PLACE)
    explain("3.1", cast.lead)
    (one,) = found(assessment, cast.chair)
    assert one.is_explained and one.explanation.by == cast.lead
    facts.append(Evidence("3.1", "Nobody has read it", "/", contradicts=True))
    (one,) = found(assessment, cast.chair)
    assert [str(fact.text) for fact in one.unexplained] == ["Nobody has read it"]
    explain("3.1", cast.unit, words="The post was late.", version=1)
    (one,) = found(assessment, cast.chair)
    assert one.is_explained and one.explanation.version == 2
    events = AuditEvent.objects.filter(kind="contradiction_explained")
    assert events.count() == 2
    assert "post" not in str(events.last().changes) + events.last().target_label


def test_what_somebody_else_explained_stays_explained(assessment, facts, write, cast, explain):
    """The unit sees the family, and a later writer may not."""
    facts.append(Evidence("3.1", "Hidden from some", "family", contradicts=True))
    write("3.1", cast.lead, **IN_PLACE)
    explain("3.1", cast.unit)
    facts[:] = [facts[0]]
    explain("3.1", cast.lead, words="Better words.", version=1)
    assert set(Explanation.objects.get().facts) == {NO_BRIEFING, "Hidden from some"}


def test_who_may_not_answer_does_not_explain(assessment, facts, write, cast, explain):
    write("3.1", cast.lead, **IN_PLACE)
    for who in ("chair", "auditor", "panel"):
        with pytest.raises(PermissionDenied):
            explain("3.1", cast.people[who])
    assert not Explanation.objects.exists()


def test_what_stands_against_explaining(assessment, facts, write, cast, explain):
    with pytest.raises(Refused, match="nothing to explain"):
        explain("3.1", cast.lead)
    write("3.1", cast.lead, **IN_PLACE)
    with pytest.raises(Refused, match="in words"):
        explain("3.1", cast.lead, words=" \n ")
    with pytest.raises(Refused, match="something else by now"):
        explain("3.1", cast.lead, seen="of yesterday")
    explain("3.1", cast.lead)
    with pytest.raises(Stale):
        explain("3.1", cast.unit, words="Mine")
    operations.submit(assessment=assessment, by=cast.lead)
    with pytest.raises(Refused):
        explain("3.1", cast.lead, words="Late", version=1)


def test_two_clicks_explain_once(assessment, facts, write, cast, explain):
    write("3.1", cast.lead, **IN_PLACE)
    first, second = explain("3.1", cast.lead), explain("3.1", cast.lead)
    assert first == second and second.version == 1
    assert AuditEvent.objects.filter(kind="contradiction_explained").count() == 1


def test_it_is_explained_from_the_marker_and_stands_there(assessment, facts, write, cast, sign_in):
    client, marker = sign_in(cast.lead), url("marker", assessment, 3)
    assert "which speaks against “in place”" in client.get(marker).content.decode()
    write("3.1", cast.lead, **IN_PLACE)
    page = client.get(marker).content.decode()
    assert "3.1 is judged to be in place. The record says otherwise:" in page
    assert page.count(NO_BRIEFING) == 1
    form = client.get(url("explain", assessment, 3, 1))
    assert NO_BRIEFING in form.content.decode()
    seen = form.context["form"]["seen"].value()
    sent = {"words": "In a <meeting>.", "version": "0", "seen": seen}
    answer = client.post(url("explain", assessment, 3, 1), sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{marker}#q-3-1")
    page = client.get(marker).content.decode()
    assert "In a &lt;meeting&gt;." in page and "Change the explanation" in page
    stale = client.post(url("explain", assessment, 3, 1), sent | {"words": "Another"})
    assert stale.status_code == 409 and "In a &lt;meeting&gt;." in stale.content.decode()
    assert sign_in(cast.chair).get(url("explain", assessment, 3, 1)).status_code == 403


def test_the_page_of_all_of_them_parts_what_is_explained(
    assessment, facts, write, cast, sign_in, explain
):
    facts.append(Evidence("3.2", "Not word for word", "/", contradicts=True))
    page = sign_in(cast.chair).get(url("record", assessment)).content.decode()
    assert "Nothing speaks against the answers" in page
    for reference in ("3.1", "3.2"):
        write(reference, cast.lead, **IN_PLACE)
    explain("3.1", cast.lead)
    page = sign_in(cast.chair).get(url("record", assessment)).content.decode()
    unexplained, _part, explained = page.partition('id="explained"')
    assert "Not word for word" in unexplained and NO_BRIEFING not in unexplained
    assert NO_BRIEFING in explained and "They were told in a meeting." in explained
    assert "Explain it" not in page
    assert "Explain it" in sign_in(cast.lead).get(url("record", assessment)).content.decode()


def test_the_chair_sees_what_is_not_explained_and_submitting_is_free(
    assessment, facts, write, cast, sign_in
):
    write("3.1", cast.lead, **IN_PLACE)
    for who, name in (("lead", "pass"), ("lead", "submit")):
        page = sign_in(cast.people[who]).get(url(name, assessment)).content.decode()
        assert "Where the record says otherwise" in page and NO_BRIEFING in page, name
    operations.submit(assessment=assessment, by=cast.lead)
    page = sign_in(cast.chair).get(url("accept", assessment)).content.decode()
    assert "is not explained yet" in page and NO_BRIEFING in page


def test_it_costs_the_same_however_many_there_are(assessment, facts, write, cast, catalogue):
    counts = []
    for numbers in ([1], range(1, 10)):
        for number in numbers:
            facts.append(Evidence(f"2.{number}", f"Fact {number}", "/", contradicts=True))
            write(f"2.{number}", cast.lead, **IN_PLACE)
        fresh = Pass.objects.select_related("review__board", "catalogue").get(pk=assessment.pk)
        with CaptureQueriesContext(connection) as caught:
            assert len(contradictions(fresh, cast.lead)) == len(list(numbers))
        counts.append(len(caught))
    assert len(set(counts)) == 1 and counts[0] <= 8, counts
