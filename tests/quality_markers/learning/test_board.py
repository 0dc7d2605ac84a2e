"""The board's pages: who reads them, what they hold, what they hide."""

import csv
import io
from uuid import uuid4

import docx
import openpyxl
import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quality_markers.assessments.models import Answer, Pass
from quality_markers.catalogue import operations as operations_of_sheets
from quality_markers.catalogue.models import Question
from quality_markers.catalogue.sheets import files
from quality_markers.learning import operations, queries
from quality_markers.learning.models import Improvement, Theme
from quality_markers.learning.queries import Chosen, splits
from reviews.case.operations import people
from reviews.decisions.referrals.models import ClauseTest
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.quality_markers.conftest import INVENTED


@pytest.fixture
def gathered(cast, signed, catalogue):
    """An improvement that the board reads, by its row."""

    def make(review, text="Begin earlier.", **fields):
        opened = review.passs.first() or signed(review, "retrospective", {})
        return Improvement.objects.create(
            review=review,
            assessment=opened,
            text="As noted",
            by=cast.lead,
            gathered_by=cast.unit,
            gathered_at=clock.now(),
            gathered_text=text,
            token=uuid4().hex,
            **fields,
        )

    return make


def url(cast, name="learning", **more):
    return reverse(f"quality_markers:{name}", kwargs={"board": cast.board.slug, **more})


@pytest.mark.parametrize("who", ["unit", "chair", "auditor"])
def test_who_reads_self_assessments_of_the_board_reads_what_it_learns(cast, sign_in, who):
    client = sign_in(cast.people[who])
    for name in ("learning", "learning_figures"):
        assert client.get(url(cast, name)).status_code == 200
    keeps = client.get(url(cast, "learning_themes")).status_code
    assert keeps == (404 if who == "auditor" else 200)


@pytest.mark.parametrize("who", ["member", "lead", "panel", "stranger", "outsider"])
def test_to_everybody_else_it_is_not_there(cast, sign_in, who):
    client = sign_in(cast.people[who])
    pages = [url(cast), url(cast, "learning_figures"), url(cast, "learning_file", kind="csv")]
    assert {client.get(page).status_code for page in pages} == {404}


def test_by_theme_year_stage_and_clause(cast, reviews, gathered, theme):
    [old], [new] = reviews(1, year=2024), reviews(1, year=2025)
    one, other = gathered(old, "Old"), gathered(new, "New")
    one.themes.set([theme])
    ClauseTest.objects.create(review=new, referral=new.referral, clause="died", answer="yes")

    def texts(**asked):
        rows = queries.learned(cast.board, cast.unit, Chosen(**asked))
        return {row.gathered_text for row in rows}

    assert texts() == {"Old", "New"}
    assert texts(theme=str(theme.pk)) == {"Old"} and texts(theme="none") == {"New"}
    assert texts(year="2024") == {"Old"} and texts(stage="closed") == set()
    assert texts(clause="died") == {"New"} and texts(stage=old.stage) == {"Old", "New"}
    assert not queries.learned(cast.board, cast.outsider, Chosen()).exists()
    assert other.board == cast.board


def test_an_address_that_nobody_made_counts_as_nothing_chosen(cast, sign_in, reviews, gathered):
    gathered(reviews(1)[0])
    said = {"theme": "9" * 12, "year": "²", "stage": "lost", "clause": "'", "page": "x"}
    text = sign_in(cast.unit).get(url(cast), said).content.decode()
    assert "Begin earlier." in text


def test_the_empty_page_says_where_it_comes_from(cast, sign_in):
    assert "For future reviews" in sign_in(cast.unit).get(url(cast)).content.decode()


def test_the_page_costs_the_same_for_any_number(cast, sign_in, reviews, gathered, theme):
    client, costs = sign_in(cast.auditor), []
    [review] = reviews(1)
    client.get(url(cast))
    for number in (1, 10, 40):
        while Improvement.objects.count() < number:
            gathered(review).themes.set([theme])
        with CaptureQueriesContext(connection) as caught:
            client.get(url(cast))
        costs.append(len(caught))
    assert len(set(costs)) == 1


def test_themes_are_added_retired_and_put_back(cast, sign_in):
    client, page = sign_in(cast.chair), url(cast, "learning_themes")
    for _click in range(2):
        client.post(page, {"name": "Thresholds"})
    theme = Theme.objects.get(board=cast.board)
    client.post(url(cast, "theme_retire", pk=theme.pk))
    assert "Retired" in client.get(page).content.decode()
    operations.add_theme(board=cast.board, name="thresholds", by=cast.unit)
    theme.refresh_from_db()
    with pytest.raises(Refused, match="already"):
        operations.put_back_theme(theme=theme, by=cast.unit)
    for who in ("auditor", "lead", "outsider"):
        with pytest.raises(PermissionDenied):
            operations.add_theme(board=cast.board, name="Mine", by=cast.people[who])


# --- figures --------------------------------------------------------------------------------------


def counted(cast, by="", user=None):
    return queries.figures(cast.board, user or cast.unit, splits.split(by))


def totals(rows):
    return {
        str(getattr(r.thing, "reference", r.thing)): (r.first.total, r.second.total) for r in rows
    }


def test_the_newest_signed_word_of_each_review_counts_once(cast, reviews, signed):
    for review in reviews(12)[:6]:
        signed(review, "clarity", {"1.1": "partly", "1.2": "partly", "1.3": "in_place"})
        signed(review, "progressive", {"1.1": "not_in_place", "1.2": "in_place"}, number=2)
    for review in reviews(6):
        signed(review, "clarity", {"1.1": "not_considered"})
    found = counted(cast)
    assert found.reviews.total == 12
    assert totals(found.questions)["1.1"] == (6, 6)
    assert totals(found.often) == {"1.1": (6, 6)}
    assert totals(found.questions)["1.2"] == (0, 0)


def test_small_numbers_and_small_rests_are_hidden(cast, reviews, signed):
    for number, review in enumerate(reviews(10)):
        says = {"1.1": "partly" if number < 4 else "in_place"}
        says["1.2"] = "partly" if number < 7 else "in_place"
        says["1.3"] = "not_in_place" if number < 5 else "in_place"
        says["4.1"] = "not_in_place" if number < 2 else "partly" if number < 5 else "in_place"
        signed(review, "clarity", says)
    found = totals(counted(cast).questions)
    assert found["1.1"] == (None, None), "four"
    assert found["1.2"] == (None, None), "three are left"
    assert found["1.3"] == (5, 5)
    assert found["4.1"] == (5, None), "two of five"


def test_markers_left_to_the_end(cast, reviews, signed):
    for number, review in enumerate(reviews(10)):
        signed(review, "clarity", {"1.1": "partly"} if number < 5 else {"4.1": "partly"})
        signed(review, "retrospective", {"1.1": "partly", "4.1": "partly"}, number=2)
    found = {row.thing.number: row for row in counted(cast).markers}
    assert (found[1].first.total, found[1].second.total) == (5, 0)
    assert (found[4].first.total, found[4].second.total) == (5, 0)
    assert (found[2].first.total, found[2].second.total) == (10, 10)
    assert counted(cast).looked_back.total == 10


def test_a_marker_of_another_framework_is_another_marker(cast, reviews, signed, catalogue):
    other = operations_of_sheets.import_sheet(book=files.read(INVENTED.read_bytes()))
    question = Question.objects.get(marker__version=other, marker__number=2, number=1)
    for review in reviews(6):
        signed(review, "retrospective", {"1.1": "partly"})
        opened = Pass.objects.create(
            review=review, catalogue=other, number=2, purpose="clarity", opened_by=cast.lead
        )
        Answer.objects.create(
            review=review, assessment=opened, question=question, judgement="partly", by=cast.lead
        )
    found = {row.thing.number: row for row in counted(cast).markers}
    assert found[2].first.total == 6


def test_split_by_year_stage_and_clause(cast, reviews, signed):
    for year in (2024, 2025):
        for number, review in enumerate(reviews(6, year=year)):
            signed(review, "clarity", {"1.1": "partly" if year == 2024 else "in_place"})
            answer = "yes" if number < 5 and year == 2024 else "no"
            referral = review.referral
            ClauseTest.objects.create(
                review=review, referral=referral, clause="died", answer=answer
            )
    by_year = counted(cast, "year")
    assert [column.label for column in by_year.columns] == ["2024", "2025"]
    assert by_year.often[0].first.bands == (6, 0)
    assert counted(cast, "stage").columns == [], "all of them are at one"
    died = counted(cast, "clause:died")
    assert died.reviews.bands == (5, 7) and died.often[0].first.bands == (None, None)
    assert counted(cast, "nonsense").columns == []


def test_only_reviews_that_the_reader_may_see_are_counted(cast, reviews, signed):
    made = reviews(6)
    for review in made:
        signed(review, "clarity", {"1.1": "partly"})
    people.recuse(review=made[0], user=cast.chair, reason="Knows them", by=cast.unit)
    assert counted(cast).reviews.total == 6
    assert counted(cast, user=cast.chair).reviews.total == 5
    assert counted(cast, user=cast.outsider).is_empty


def test_the_figures_cost_the_same_for_any_number_of_reviews(cast, reviews, signed, sign_in):
    costs = []
    for number in (1, 9, 10):
        for review in reviews(number):
            signed(review, "clarity", {"1.1": "partly"})
        with CaptureQueriesContext(connection) as caught:
            counted(cast, "year")
        costs.append(len(caught))
    assert len(set(costs)) == 1
    page = sign_in(cast.unit).get(url(cast, "learning_figures"), {"by": "year"})
    text = page.content.decode()
    assert "<svg" in text and "%" not in text.split("<main")[1] and "20 reviews" in text


# --- the board's year as a file -------------------------------------------------------------------


def test_each_file_holds_the_same_and_readers_open_it(
    cast, reviews, signed, gathered, sign_in, theme
):
    made = reviews(5)
    for review in made:
        signed(review, "clarity", {"1.1": "partly"})
    row = gathered(made[0], "=Begin earlier.", gathered_quote="+ We were late.")
    row.themes.set([theme])
    client = sign_in(cast.auditor)
    files = {}
    for kind in ("pdf", "docx", "xlsx", "csv"):
        answer = client.get(url(cast, "learning_file", kind=kind))
        assert f"northmere-learning-{clock.today().year}-" in answer["Content-Disposition"]
        files[kind] = io.BytesIO(answer.content)
    book = openpyxl.load_workbook(files["xlsx"])
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value]
    assert not [cell for cell in cells if cell.data_type == "f"]
    word = docx.Document(files["docx"])
    tables = [cell.text for table in word.tables for line in table.rows for cell in line.cells]
    said = {
        "xlsx": " ".join(str(cell.value) for cell in cells),
        "csv": " ".join(" ".join(x) for x in csv.reader(io.StringIO(files["csv"].read().decode()))),
        "docx": " ".join([*tables, *(each.text for each in word.paragraphs)]),
        "pdf": " ".join(page.extract_text() for page in pypdf.PdfReader(files["pdf"]).pages),
    }
    for kind, text in said.items():
        for wanted in ("Time", "Begin earlier.", "We were late.", "1.1", made[0].reference):
            # A narrow column of a page breaks long words.
            assert "".join(wanted.split()) in "".join(text.split()), (kind, wanted)


def test_the_file_of_who_may_not_see_the_case_does_not_name_it(cast, reviews, gathered, sign_in):
    [review] = reviews(1)
    gathered(review)
    people.recuse(review=review, user=cast.chair, reason="Knows them", by=cast.unit)
    text = sign_in(cast.chair).get(url(cast, "learning_file", kind="csv")).content.decode()
    assert "Begin earlier." in text and review.reference not in text


def test_another_year_and_another_kind(cast, reviews, gathered, sign_in):
    gathered(reviews(1)[0])
    client = sign_in(cast.unit)
    old = client.get(url(cast, "learning_file", kind="csv"), {"year": "2001"})
    assert "Begin earlier." not in old.content.decode() and "2001" in old["Content-Disposition"]
    assert client.get(url(cast, "learning_file", kind="exe")).status_code == 404
