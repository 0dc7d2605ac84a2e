import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality_markers.catalogue import reader
from quality_markers.catalogue.book import PROSE, Book
from quality_markers.catalogue.shape import problems, shape
from tests.quality_markers.catalogue import invented

SHAPE = shape()
REAL = Path(__file__).resolve().parents[4] / "shared" / "domain" / "quality-markers-2016.txt"
FURNITURE = re.compile(
    r"Supporting dialogue|Review Quality Markers|\f|•|\n|  |Quality statement|Quality Marker \d"
)


def told(lines: list[str]) -> list[str]:
    return [str(problem) for problem in problems(reader.read("\n".join(lines), SHAPE), SHAPE)]


@pytest.fixture(scope="module")
def book() -> Book:
    return reader.read(invented.text(), SHAPE)


def test_an_invented_text_is_read_whole(book):
    assert problems(book, SHAPE) == []
    assert book.clusters == tuple(invented.CLUSTERS.values())
    assert [chapter.title for chapter in book.chapters] == list(invented.TITLES)
    assert book.asked == 107


@pytest.mark.parametrize("n", range(1, 19))
def test_every_section_is_in_its_place(book, n):
    chapter = book.chapters[n - 1]
    assert chapter.statement == invented.statement(n).capitalize()
    assert chapter.rationale == invented.RATIONALE.format(n=n)
    assert [asked.text for asked in chapter.questions] == invented.questions(n)
    assert chapter.knowledge.startswith(f"- The old keepers of tower {n} ")
    assert chapter.knowledge.endswith("any westerly gale.")
    assert chapter.obstacles == f"- Rope {n} frays.\n- Mates sleep on watch {n}."


def test_items_in_one_run_of_lines_are_told_apart(book):
    assert book.chapters[3].equality == (
        "- Keepers of tower 4 speak several tongues.\n"
        "- Some of them cannot climb the stair without help from the mate, who must be told of it "
        "beforehand."
    )
    assert book.chapters[4].equality == ""


def test_bullets_under_a_bullet_keep_their_mark(book):
    assert book.chapters[13].law == (
        "- The Lamp Act says that a lamp should:\n-- burn\n-- turn.\n"
        "- The Tower Act adds nothing (p 7)."
    )


def test_an_empty_text_names_every_marker():
    found = told([])
    assert sum("its chapter is missing" in text for text in found) == 18
    assert "The text: the overview names 0 clusters where 3 are expected" in found


def starts_of_questions() -> list[int]:
    return [
        index for index, line in enumerate(invented.lines()) if re.match(r"\d+\. Is lantern", line)
    ]


def marker_of(question: str) -> str:
    return question.split("lantern ")[1].split(".")[0]


@pytest.mark.parametrize("index", starts_of_questions())
def test_a_question_that_is_gone_is_refused_by_marker_and_line(index):
    lines = invented.lines()
    marker = marker_of(lines.pop(index))
    found = told(lines)
    assert found
    assert all(re.match(rf"Quality Marker {marker}, line \d+: ", text) for text in found)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=invented.lines().index("Rope 18 frays.")))
def test_a_text_that_breaks_off_is_refused(length):
    assert told(invented.lines()[:length])


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(starts_of_questions()))
def test_a_question_twice_is_refused(index):
    lines = invented.lines()
    marker = marker_of(lines[index])
    lines.insert(index, lines[index])
    assert any(text.startswith(f"Quality Marker {marker}, line") for text in told(lines))


@settings(max_examples=30, deadline=None)
@given(st.integers(), st.sampled_from(["\f", "12", "Quality Marker 3", "", " 140 "]))
def test_furniture_between_any_two_questions_changes_nothing(seed, noise):
    lines = invented.lines()
    places = starts_of_questions()
    lines.insert(places[seed % len(places)], noise)
    assert reader.read("\n".join(lines), SHAPE).asked == 107
    assert told(lines) == []


def without(lines: list[str], first: str, last: str) -> list[str]:
    return lines[: lines.index(first)] + lines[lines.index(last) :]


def test_a_marker_that_is_gone_is_named():
    head = "Quality Marker {}: {}"
    lines = without(
        invented.lines(),
        head.format(7, invented.TITLES[6]),
        head.format(8, invented.TITLES[7]),
    )
    (problem,) = told(lines)
    assert re.fullmatch(r"Quality Marker 7, line \d+: its chapter is missing above .*", problem)


def test_a_marker_twice_is_named_with_its_line():
    lines = [*invented.lines(), *invented.chapter(5)]
    assert any(
        re.fullmatch(r"Quality Marker 5, line \d+: its chapter stands twice", text)
        for text in told(lines)
    )


def test_markers_out_of_order_are_refused():
    swapped = [*range(1, 6), 7, 6, *range(8, 19)]
    front = invented.lines()[: invented.lines().index(invented.chapter(1)[2]) - 2]
    lines = [*front, *(line for n in swapped for line in invented.chapter(n))]
    assert any("Quality Marker 6" in t and "comes after marker 7" in t for t in told(lines))


def test_a_marker_beyond_the_last_is_refused():
    lines = [*invented.lines(), "Quality Marker 19: Foghorns", "Rationale", "Fog."]
    assert any("there is no such marker" in text for text in told(lines))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Rope 9 frays.", None),
        ("The Lamp Act (section 9) requires a light", None),
        ("Rationale", "the rationale is missing"),
        ("Knowledge base", "the knowledge base is missing"),
        ("Tackling some common obstacles", "the section on common obstacles is missing"),
        (invented.LAW + ":", "the link to statutory guidance is missing"),
    ],
)
def test_a_heading_that_is_gone_is_named(line, problem):
    lines = invented.lines()
    start = lines.index(f"Quality Marker 9: {invented.TITLES[8]}")
    lines.pop(lines.index(line, start))
    found = told(lines)
    if problem:
        assert any("Quality Marker 9, line" in text and problem in text for text in found)
    else:
        assert all("Quality Marker 9" in text for text in found)


def test_an_empty_section_is_named_with_the_line_of_its_heading():
    lines = invented.lines()
    start = lines.index("Rope 9 frays.")
    end = lines.index("Mates sleep on watch 9.")
    found = told(lines[:start] + lines[end + 1 :])
    heading = start - 2
    assert found == [f"Quality Marker 9, line {heading}: the section on common obstacles is empty"]


def test_a_section_twice_and_one_that_is_not_expected_are_named():
    lines = invented.lines()
    place = lines.index("Rope 9 frays.") - 3
    lines[place:place] = ["Knowledge base", "Gulls.", "Equality and diversity", "All gulls."]
    found = told(lines)
    assert any("Quality Marker 9" in t and "the knowledge base stands twice" in t for t in found)
    assert any("Quality Marker 9" in t and "is not expected here" in t for t in found)


def test_a_section_on_equality_that_is_gone_is_named():
    lines = invented.lines()
    start = lines.index("Equality and diversity")
    found = told(lines[:start] + lines[start + 9 :])
    assert any("Quality Marker 4" in text and "equality" in text for text in found)


def test_windows_line_ends_and_a_mark_before_the_text_do_no_harm(book):
    assert reader.read(invented.text().replace("\n", "\r\n"), SHAPE) == book


@pytest.mark.skipif(not REAL.exists(), reason="the publication does not lie beside this checkout")
def test_the_publication_itself_is_read_whole():
    text = REAL.read_text(encoding="utf-8")
    book = reader.read(text, SHAPE)
    assert problems(book, SHAPE) == []
    assert [len(chapter.questions) for chapter in book.chapters] == list(SHAPE.questions)
    assert [len(name.split()) for name in book.clusters] == [4, 3, 6]
    for chapter in book.chapters:
        for asked in chapter.questions:
            assert asked.text.endswith(("?", ".", ")")), asked
            assert asked.text[0].isupper() and not FURNITURE.search(asked.text), asked
        for section in PROSE:
            for line in getattr(chapter, section).split("\n"):
                assert not FURNITURE.search(line), (chapter.number, section)
    first, last = book.chapters[0].questions[0].text, book.chapters[-1].questions[-1].text
    assert (len(first.split()), len(last.split())) == (12, 22)
    assert first.startswith("Is the rationale for the referral clear")
    assert last.endswith("any unintended consequences?")


@pytest.mark.skipif(not REAL.exists(), reason="the publication does not lie beside this checkout")
@pytest.mark.parametrize(
    ("marker", "section", "bullets", "first", "last"),
    [
        (2, "rationale", 8, "- what useful", "safeguarding organisations"),
        (6, "rationale", 15, "- the breadth and", "involved at this time."),
        (9, "rationale", 5, "- SCRs being completed", "with their process."),
        (9, "law", 4, "- NHS England", "model’ (2013)."),
        (10, "rationale", 9, "- The facts of", "processes used."),
        (13, "law", 5, "- recognises the complex", "(para 11, p 74)."),
        (14, "law", 2, "- ‘Working Together’", "2014, 2015)."),
    ],
)
def test_bullets_of_the_publication_find_their_items(marker, section, bullets, first, last):
    book = reader.read(REAL.read_text(encoding="utf-8"), SHAPE)
    text = getattr(book.chapters[marker - 1], section)
    items = [line for line in text.split("\n") if line.startswith("- ")]
    assert len(items) == bullets
    assert items[0].startswith(first)
    assert items[-1].endswith(last)
