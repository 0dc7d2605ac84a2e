"""Four forms of one content, each opened by a library that reads such files."""

import csv
import io
import re
from datetime import timedelta

import docx
import openpyxl
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import EvidenceItem
from quality_markers.catalogue.models import Question
from quality_markers.exports import layout, tables
from quality_markers.exports.content import Wish
from scr_portal.core import clock

FOR = {"pdf": "Copyfor", "csv": "Copyfor"} | dict.fromkeys(["docx", "xlsx"], "Thiscopyisfor")
"""Of Word and Excel the words behind the page are read elsewhere."""
FORMS = ["pdf", "docx", "xlsx", "csv"]


def paragraphs(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def text_of(content: bytes, form: str) -> str:
    if form == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return "\n".join(page.extract_text() for page in pages)
    if form == "docx":
        return "\n".join(paragraphs(content))
    if form == "csv":
        return "\n".join(cell for row in table(content) for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture
def filled(assessment, answer):
    answer(assessment, "4.2", judgement="in_place", narrative="Letters went out.\n\nIn March.")
    answer(assessment, "12.1", judgement="partly", narrative="Words of the lead.", evidence="Log.")
    answer(assessment, "12.2", judgement="not_applicable", not_applicable_reason="There is none.")
    return assessment


@pytest.mark.parametrize("form", FORMS)
def test_each_form_holds_every_question_with_what_was_said_in_one_order(
    form, filled, cast, file_for, review
):
    whole = squeeze(text_of(file_for(cast.lead, form), form))
    questions = Question.objects.order_by("marker__number", "number")
    assert [q.text for q in questions if squeeze(q.text) not in whole] == []
    said = ["Letterswentout.", "Wordsofthelead.", "Log.", "Thereisnone."]
    places = [whole.index(words) for words in said]
    assert places == sorted(places)
    for words in (review.reference, filled.catalogue.title, filled.catalogue.sha256[:16]):
        assert squeeze(words) in whole
    assert f"{FOR[form]}{squeeze(str(cast.lead))}" in whole
    for judgement in ("Inplace", "Partlyinplace", "Notapplicable", "Notyetconsidered"):
        assert judgement in whole


@pytest.mark.parametrize("form", FORMS)
def test_two_identical_exports_are_the_same_bytes(form, filled, cast):
    wish = Wish(assessment=filled, user=cast.lead, at=clock.now())
    first, second = (layout.to_file(layout.book_of(wish), form) for _each in range(2))
    assert first == second
    later = Wish(assessment=filled, user=cast.lead, at=wish.at + timedelta(days=1))
    assert layout.to_file(layout.book_of(later), form) != first


@pytest.mark.parametrize("form", FORMS)
def test_without_names_people_are_what_they_are(form, filled, answer, cast, file_for):
    words = f"Spoke with {cast.chair} and {str(cast.panel).upper()}, not with Invented Street."
    answer(filled, "12.3", judgement="in_place", narrative=words)
    assessments.submit(assessment=filled, by=cast.lead)
    assessments.accept(assessment=filled, by=cast.chair, method="password")
    whole = squeeze(text_of(file_for(cast.unit, form, is_named=False), form))
    for person in cast.people.values():
        assert squeeze(str(person)).lower() not in whole.lower()
    assert "SpokewithBoardchairandPanelmember,notwithInventedStreet." in whole
    assert "Leadreviewer," in whole or form in ("xlsx", "csv")
    assert f"{FOR[form]}Businessunit" in whole


def test_two_people_of_one_role_are_told_apart(review, assessment, answer, cast, book):
    from reviews.case.operations import people

    people.appoint(review=review, user=cast.stranger, role="lead", by=cast.unit)
    answer(assessment, "2.1", narrative="One")
    answer(assessment, "2.2", narrative="Other", by=cast.stranger)
    rows = [row.by for row in voices(book(cast.unit, marker=2, is_named=False))][:2]
    assert rows == ["Lead reviewer 1", "Lead reviewer 2"]


def voices(book):
    return [
        voice
        for _part, chapter in book.chapters
        for entry in chapter.entries
        for voice in entry.voices
    ]


def test_the_watermark_says_for_whom_and_when(filled, cast, file_for):
    choices = {"recipient": "Panel meeting <4>", "marker": 4}
    day = clock.now().strftime("%Y")
    pages = pypdf.PdfReader(io.BytesIO(file_for(cast.lead, **choices))).pages
    for page in pages:
        assert "CopyforPanelmeeting<4>" in squeeze(page.extract_text())
    word = docx.Document(io.BytesIO(file_for(cast.lead, "docx", **choices)))
    [section] = word.sections
    assert 'string="Copy for Panel meeting &lt;4&gt;, ' in section.header._element.xml
    assert day in section.footer.paragraphs[-1].text
    book = openpyxl.load_workbook(io.BytesIO(file_for(cast.lead, "xlsx", **choices)))
    assert "Panel meeting" in book["Answers"].oddHeader.center.text
    assert "Panel meeting <4>" in table(file_for(cast.lead, "csv", **choices))[1][-1]


def test_a_word_file_has_an_outline_and_says_nobody_in_its_properties(filled, cast, file_for):
    word = docx.Document(io.BytesIO(file_for(cast.lead, "docx")))
    levels = [paragraph.style.name for paragraph in word.paragraphs]
    assert levels.count("Heading 1") == 4  # three clusters and the signatures
    assert levels.count("Heading 2") == 18
    assert levels.count("Heading 3") == 107 + 18
    assert word.core_properties.author == filled.review.board.name
    assert str(cast.lead) not in word.core_properties.last_modified_by


HOSTILE = ["=1+1", "+44 20", "-1", "@SUM(A1)", "=HYPERLINK(1)"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_cell_is_a_formula(words, assessment, answer, cast, file_for):
    answer(assessment, "3.1", narrative=words, evidence=words)
    book = openpyxl.load_workbook(io.BytesIO(file_for(cast.lead, "xlsx", marker=3)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if cell.value == words]
    found = [cell for row in table(file_for(cast.lead, "csv", marker=3)) for cell in row]
    assert not [cell for cell in found if cell[:1] in tuple("=+-@\t\r")]
    assert f"'{words}" in found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(max_size=200))
def test_any_words_leave_in_every_form(words, book_of):
    book = book_of(words)
    assert layout.to_file(book, "docx").startswith(b"PK")
    rows = tables.to_csv(book).decode("utf-8-sig")
    assert len({len(row) for row in csv.reader(io.StringIO(rows))}) == 1
    assert layout.to_file(book, "xlsx").startswith(b"PK")


@pytest.fixture
def book_of(assessment, answer, cast, book):
    saved = answer(assessment, "3.1", narrative="x")[0]

    def made(words):
        type(saved).objects.filter(pk=saved.pk).update(narrative=words.replace("\0", ""))
        return book(cast.lead, marker=3)

    return made


def evidence(assessment, question, by, **fields):
    return EvidenceItem.objects.create(
        review=assessment.review,
        board=assessment.board,
        assessment=assessment,
        question=Question.objects.get(marker__number=question[0], number=question[1]),
        by=by,
        token=str(fields),
        **fields,
    )


def test_evidence_goes_with_its_answer(assessment, cast, file_for):
    evidence(assessment, (3, 1), cast.lead, kind="web", url="https://example.org/minutes")
    evidence(assessment, (3, 1), cast.lead, kind="note", text="Third shelf", broken_at=None)
    gone = evidence(assessment, (3, 1), cast.lead, kind="note", text="Taken away")
    gone.removed_at = clock.now()
    gone.save()
    for form in FORMS:
        whole = squeeze(text_of(file_for(cast.lead, form, marker=3), form))
        assert "https://example.org/minutes" in whole
        assert "Thirdshelf" in whole
        assert "Takenaway" not in whole
