from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality_markers.catalogue import operations, queries
from quality_markers.catalogue.book import Asked, Book, Chapter
from quality_markers.catalogue.models import LOCAL
from quality_markers.catalogue.sheets import excel_sheet, files, plain, yaml_sheet
from quality_markers.catalogue.sheets.checking import refuse_what_falls_short
from scr_portal.core import clock, excel
from scr_portal.core.pdf import carriable
from scr_portal.core.reasons import Refused
from tests.quality_markers.conftest import INVENTED

SHEET = INVENTED.read_text()
BOOK = files.read(SHEET.encode())


def written(book: Book, kind: str) -> bytes:
    if kind == "xlsx":
        return excel_sheet.write(plain.plain(book), made_at=clock.now())
    return yaml_sheet.write(plain.plain(book))


@pytest.fixture
def refused():
    """``refused(content)``: every reason, as one text."""

    def reasons(content: bytes) -> str:
        with pytest.raises(Refused) as found:
            files.read(content)
        return str(found.value)

    return reasons


def test_the_invented_framework_is_read_whole():
    assert (len(BOOK.chapters), len(BOOK.clusters), BOOK.asked) == (15, 4, 40)
    assert [each.number for each in BOOK.chapters if each.is_family] == [5, 11]
    assert BOOK.framework == "orchard-markers"


@pytest.mark.parametrize("kind", files.Kind.values)
@pytest.mark.django_db
def test_what_is_exported_is_what_is_imported(kind):
    for version in (operations.load_own(), operations.import_sheet(book=BOOK)):
        book = queries.book_of(version)
        content = files.write(book, kind, version)
        assert files.read(content) == book
        assert files.write(book, kind, version) == content


TEXT = st.text(min_size=1, max_size=60).map(carriable).map(plain.clean).filter(bool)
LINE = TEXT.map(lambda text: " ".join(text.split())[:50]).filter(bool)


@st.composite
def books(draw):
    clusters = draw(st.lists(LINE, min_size=1, max_size=3))
    count = draw(st.integers(len(clusters), 5))
    chapters = tuple(
        Chapter(
            number=number,
            title=draw(LINE),
            cluster=min(number, len(clusters)),
            is_family=draw(st.booleans()),
            statement=draw(TEXT),
            law=draw(st.just("") | TEXT),
            local_guidance=draw(st.just("") | TEXT),
            questions=tuple(
                Asked(asked, draw(TEXT))
                for asked in sorted(
                    draw(st.sets(st.sampled_from([1, 2, 10, 101, 150]), min_size=1))
                )
            ),
        )
        for number in range(1, count + 1)
    )
    return Book("1", tuple(clusters), chapters, title=draw(LINE), framework="any-thing")


@settings(max_examples=25, deadline=None)
@given(book=books())
def test_any_catalogue_comes_back_from_either_sheet(book):
    refuse_what_falls_short(book)
    for kind in files.Kind.values:
        assert files.read(written(book, kind)) == book


def test_a_text_longer_than_a_cell_comes_back_from_a_workbook():
    long = "é\n- =1+1 " * 5000
    chapter = replace(BOOK.chapters[0], rationale=plain.clean(long))
    content = written(replace(BOOK, chapters=(chapter,)), "xlsx")
    assert excel_sheet.read(content)["markers"][0]["rationale"] == chapter.rationale


def test_numbers_stay_what_they_are():
    told = yaml_sheet.read(SHEET.replace("edition: second", "edition: 3.10").encode())
    assert told["edition"] == "3.10"
    assert told["markers"][0]["about_the_family"] == "no"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("format: scr-portal-catalogue/1", "format: other", "its first line must say"),
        ("framework: orchard-markers", "framework: Orchard markers", "one word of small letters"),
        ("edition: second", "edition: " + "x" * 30, "longer than 20 characters"),
        ("title: Reading the soil", "title: " + "x" * 101, "Marker 2: “title” is longer"),
        ("title: Reading the soil", "title: ''", "Marker 2: “title” is missing"),
        ("title: Reading the soil", "titel: Reading the soil", "“titel” is not known here"),
        ("- number: 2\n  title", "- number: 1\n  title", "Marker 1: its number is given twice"),
        ("- number: 2\n  title", "- number: two\n  title", "Marker 2 of the list: “number”"),
        ("- number: 2\n  title", "- number: 9\n  title", "order of their numbers"),
        ("cluster: 3", "cluster: 7", "there is no cluster 7"),
        ("cluster: 1", "cluster: 2", "cluster 1 has no marker"),
        ("about_the_family: yes", "about_the_family: perhaps", "must be yes or no"),
        ("  - number: 2\n    text: Do", "  - number: 1\n    text: Do", "question 1 is given twice"),
        (
            "  - number: 2\n    text: Do",
            "  - number: L51\n    text: Do",
            "question L51: its number",
        ),
        ("  - number: 2\n    text: Do", "  - number: x\n    text: Do", "“x” is no number"),
        ("clusters:\n", "clusters: none\nothers:\n", "“clusters” must be a list"),
        ("edition: second", "edition: second\nedition: third", "Line 6 can’t be read as YAML"),
        ("title: Orchard markers", "title: [a", "can’t be read as YAML"),
        ("title: Orchard markers", "title: &a Orchard\nother: *a", "repeats another place"),
        ("title: Orchard markers", "title: [a, b]", "“title” must be a text"),
    ],
)
def test_a_sheet_that_falls_short_is_refused_with_the_place(refused, before, after, said):
    assert before in SHEET
    assert said in refused(SHEET.replace(before, after).encode())


def test_every_place_is_said_at_once(refused):
    wrong = SHEET.replace("title: Reading the soil", "title: ''").replace(
        "cluster: 4", "cluster: 9"
    )
    told = refused(wrong.encode())
    assert "Marker 2:" in told and "Marker 13:" in told and "Marker 15:" in told


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"just words",
        b"[" * 5000,
        b"- a\n- b",
        b"x" * (yaml_sheet.LARGEST + 1),
        b"PK\x03\x04 no workbook",
        b"!!python/object/apply:os.system ['true']",
        excel.write([excel.Table("Other", ("A",), [("b",)])], title="x", made_at=clock.now()),
    ],
)
def test_what_is_no_catalogue_is_refused(refused, content):
    assert refused(content)


def test_a_workbook_says_which_column_is_missing(refused):
    told = plain.plain(BOOK)
    rows = [excel.Table("Catalogue", ("Field", "Value"), [("Format", told["format"])])]
    rows += [excel.Table("Markers", ("Number", "Title"), [("1", "x")])]
    content = excel.write(rows, title="x", made_at=clock.now())
    assert "The sheet “Markers” has no column “Cluster”" in refused(content)


def test_questions_of_no_marker_are_not_lost_in_silence(refused):
    told = plain.plain(BOOK)
    content = written(BOOK, "xlsx")
    sheets = excel.read(content)
    sheets["Questions"].append(["77", "1", "Whose am I?"])
    tables = [excel.Table(name, rows[0], rows[1:]) for name, rows in sheets.items()]
    again = excel.write(tables, title=told["title"], made_at=clock.now())
    assert "marker 77" in refused(again)


def test_the_hash_is_of_the_words_and_not_of_the_title():
    assert plain.digest(replace(BOOK, title="Other")) == plain.digest(BOOK)
    own = Asked(LOCAL + 1, "Ours?")
    chapter = replace(BOOK.chapters[0], questions=(*BOOK.chapters[0].questions, own))
    assert plain.digest(replace(BOOK, chapters=(chapter, *BOOK.chapters[1:]))) != plain.digest(BOOK)
