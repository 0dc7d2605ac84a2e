"""The same assessment as four kinds of file, each read as the program it is for reads it."""

import csv
import re
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from quality_markers.catalogue.book import Book
from tests.journeys.browsing import Person
from tests.journeys.families.pages import download, fill, says
from tests.journeys.markers import looking_back as back
from tests.journeys.markers import talking
from tests.journeys.markers.clarity import AGAINST, INVITED, MARKERS, SPOKEN, WHY
from tests.journeys.markers.offline import STAFF, TRIAL
from tests.journeys.markers.pages import LEAD, LIAISON, PANEL, go
from tests.journeys.setting_up.deciding import squeezed, text_of

FOR = "Named nurse, Northmere Health Trust"
NAMES = (LEAD, LIAISON, PANEL, "Charles Ashdown")


def choose(lead: Person, review: str) -> None:
    go(lead, review, "3/")
    lead.press("Choose what to take")


def take(lead: Person, folder: Path, form: str, **chosen: Any) -> Path:
    """Chosen on one page, and fetched when the next says of itself that it is ready."""
    fill(lead, {"As what kind of file?": form, "Who is this copy for?": FOR} | chosen)
    lead.press("Make the file")
    expect(lead.page.locator("h1")).to_have_text("Your file is ready", timeout=120_000)
    says(lead, FOR)
    lead.look("ready")
    path = download(lead, f"Download the {form} file", folder)
    assert re.fullmatch(r"SCR-\d{4}-\d{3}-[a-z0-9-]+-\d{4}-\d\d-\d\d\.[a-z]+", path.name), path
    return path


def asked(book: Book) -> list[str]:
    chapters = [chapter for chapter in book.chapters if chapter.number in MARKERS]
    return [each.text for chapter in chapters for each in chapter.questions]


def missing(text: str, *wanted: str) -> list[str]:
    found = squeezed(text)
    return [each for each in wanted if squeezed(each) not in found]


def as_pdf(lead: Person, review: str, folder: Path, book: Book) -> None:
    """The pass itself, with names: every question, and what nobody has explained."""
    choose(lead, review)
    path = take(lead, folder, "PDF")
    said = [back.WRITTEN, back.FORMULA, back.HEARD, AGAINST, "Nobody has explained it yet."]
    reader = PdfReader(path)
    pages = [page.extract_text() for page in reader.pages]
    assert missing("".join(pages), *asked(book), *said, LEAD, "SHA-256") == []
    assert [number for number, page in enumerate(pages) if missing(page, FOR)] == []
    assert reader.metadata is not None
    assert LEAD not in str(reader.metadata)


def as_word(lead: Person, review: str, folder: Path) -> None:
    """The comparison with the first: both texts, and why."""
    go(lead, review, "compare/1/3/")
    lead.press("Take the comparison with you")
    expect(lead.page.get_by_label("The comparison with an earlier one")).to_be_checked()
    path = take(lead, folder, "Word")
    said = [SPOKEN, back.WRITTEN, INVITED, back.HEARD, back.MOVED, back.ALL_IN_ALL]
    assert missing(text_of(path), *said) == []
    document = Document(str(path))
    levels = {each.style.name for each in document.paragraphs if each.style is not None}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= levels
    footer = "".join(each.text for each in document.sections[0].footer.paragraphs)
    assert missing(footer, FOR) == []


def as_excel(lead: Person, review: str, folder: Path) -> None:
    """All of the review without names, with what was said beside: roles, and no person."""
    choose(lead, review)
    path = take(
        lead,
        folder,
        "Excel",
        **{
            "What do you want to take with you?": "All self-assessments of the review",
            "How are people called?": "By their role, such as lead reviewer",
            "With the comments at each question": True,
        },
    )
    sheets = load_workbook(path).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    text = "\n".join(str(cell.value) for cell in cells)
    said = [
        SPOKEN,
        STAFF,
        TRIAL,
        back.WRITTEN,
        back.FORMULA,
        WHY,
        talking.HEARD,
        talking.FROM_THE_LIAISON,
    ]
    assert missing(text, *said, "Lead reviewer", "Family liaison", "Panel member") == []
    assert [name for name in NAMES if name in text] == []
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def as_csv(lead: Person, review: str, folder: Path, book: Book) -> None:
    """A row for every question and reflection, none of which a spreadsheet takes for a formula."""
    choose(lead, review)
    path = take(lead, folder, "CSV")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    by_number = {row["Number"]: row for row in rows}
    assert len(by_number) == len(rows) == len(asked(book)) + len(MARKERS)
    assert by_number["1.2"]["What people say"] == f"'{back.FORMULA}"
    assert by_number["5.2"]["Judgement"] == "In place"
    assert by_number["5.2"]["Written by"] == LEAD
    assert {row["This copy is for"] for row in rows} != {""}
    assert [row["Question"] for row in rows if not row["Number"].endswith("R")] == asked(book)
