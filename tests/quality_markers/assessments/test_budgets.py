"""What the pages of a pass and a saved answer ask of the database, whatever the history."""

from functools import partial

import pytest
from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.test.utils import CaptureQueriesContext

from quality_markers.assessments import operations
from quality_markers.assessments.models import Answer, AnswerText, EvidenceItem, Pass
from quality_markers.assessments.notes import QuestionNote
from quality_markers.assessments.views import questions
from scr_portal.core import clock
from tests.quality_markers.assessments.test_views import blank, post, url

ALL = 8
"""Statements of the page of all questions, the session, the person and the header included."""
SAVED = 11
"""Of one saved answer, without those that begin and end a transaction."""


def cost(work):
    with CaptureQueriesContext(connection) as caught:
        response = work()
    assert response.status_code == 200, response.content
    asked = [query["sql"] for query in caught.captured_queries]
    return len([sql for sql in asked if not sql.startswith(("SAVEPOINT", "RELEASE"))])


def save(client, assessment, **data):
    return post(client, assessment, script=True, **data)


def page(client, path):
    client.get(path)
    return cost(lambda: client.get(path))


@pytest.fixture
def earlier(review, cast, ask):
    """``earlier(30)``: so many passes that came before, each with the answer to 12.4."""

    def made(count):
        question = ask("12.4")
        while Pass.objects.filter(review=review).count() < count:
            opened = operations.open_pass(review=review, purpose="progressive", by=cast.lead)
            answer = Answer.objects.create(
                assessment=opened, question=question, review=review, by=cast.lead, narrative="Then"
            )
            for version in range(50):
                AnswerText.objects.create(
                    answer=answer, review=review, version=version, by=cast.lead, at=clock.now()
                )
            opened.state = Pass.State.SUBMITTED
            opened.submitted_by, opened.submitted_at = cast.lead, clock.now()
            opened.save()
            opened.markers.set(opened.markers.all()[:1])  # so that the next may be opened

    return made


def test_the_page_of_all_questions_costs_little_and_is_light(assessment, write, cast, sign_in):
    client = sign_in(cast.lead)
    plain = client.get(url("questions", assessment))
    full = client.get(url("questions", assessment) + "?open=all")
    assert max(len(plain.content), len(full.content)) < 100_000, len(full.content)
    assert full.content.count(b"data-judgement=") == 107
    for path in (url("questions", assessment), url("questions", assessment) + "?open=all"):
        assert page(client, path) <= ALL


def test_a_marker_s_page_and_a_saved_answer_cost_the_same_whatever_came_before(
    review, write, ask, cast, sign_in, earlier
):
    client, pages, saves = sign_in(cast.lead), [], []
    for count in (1, 30):
        earlier(count)
        last = operations.open_pass(review=review, purpose="clarity", by=cast.lead, markers=[12])
        pages.append(page(client, url("marker", last, 12)))
        token = blank()
        for text in ("One", "Two"):
            saves.append(cost(partial(save, client, last, version=token, narrative=text)))
            token = str(Answer.objects.get(assessment=last).version)
        last.delete()
    assert len(set(pages)) == 1, pages
    assert saves[:2] == saves[2:] and max(saves) <= SAVED, saves


def test_a_new_sitting_over_another_s_text_is_within_it_too(assessment, write, cast, sign_in):
    write("12.4", by=cast.unit, narrative="By the unit", judgement="partly")
    client = sign_in(cast.lead)
    client.get(url("marker", assessment, 12))
    saved = {"version": "1", "narrative": "By the lead", "judgement": "partly"}
    assert cost(lambda: post(client, assessment, script=True, **saved)) <= SAVED
    assert AnswerText.objects.filter(narrative="By the unit").exists()


def test_evidence_costs_the_same_however_much_there_is(assessment, ask, cast, review, sign_in):
    client, counts = sign_in(cast.lead), []
    for size in (1, 10, 40):
        while (made := EvidenceItem.objects.count()) < size:
            EvidenceItem.objects.create(
                assessment=assessment,
                question=ask("12.4"),
                review=review,
                kind="note",
                text=f"Folder {made}",
                by=cast.lead,
                token=str(made),
            )
        counts.append(page(client, url("marker", assessment, 12)))
    assert len(set(counts)) == 1, counts


def test_what_rooms_say_under_a_question_costs_nothing(assessment, cast, sign_in, monkeypatch):
    client, path = sign_in(cast.lead), url("questions", assessment)
    monkeypatch.setattr(questions, "notes_for", lambda *args: [])
    without = page(client, path)
    rows = EvidenceItem.objects.filter(question=OuterRef("pk")).order_by().values("question")
    note = QuestionNote(
        name="told",
        expression=Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        say=lambda value: f"{value or 0} <things>",
        url=lambda question: f"#things-{question.reference}",
    )
    monkeypatch.setattr(questions, "notes_for", lambda *args: [note])
    assert page(client, path) == without
    text = client.get(path).content.decode()
    assert text.count("0 &lt;things&gt;") == 107 and 'href="#things-12.4"' in text
