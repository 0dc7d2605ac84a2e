"""Questions go out as a Word file, are answered on a train, and come back beside new answers."""

import re
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import card, download, main, refused, says
from tests.journeys.markers.pages import PANEL, answer, go, place
from tests.journeys.markers.progressive import PRACTITIONERS, TOLD

TOLD_TWICE = f"{TOLD} It was said again after the summer."
STAFF = "The school’s staff heard of it late. Two of them are on the panel now."
TRIAL = "A trial is expected, and nobody has said what it means for the work."
MEANWHILE = f"{PRACTITIONERS} The head teacher has apologised."
GROUPS = ("Changed in the file and changed here", "New in the file", "Changed in the file")


def hand_out(lead: Person, review: str, folder: Path) -> Path:
    go(lead, review, "2/marker/5/")
    lead.press("Fill it in away from the screen")
    lead.choose("In Word")
    lead.choose("The answers so far")
    lead.press("Make the pack")
    says(lead, "The pack is ready to be downloaded.")
    return download(lead, "Download for Word.*", folder)


def write_into(path: Path, texts: Mapping[str, str]) -> Path:
    """Into the box beside “Narrative” under each question, as somebody does in Word."""
    document = Document(str(path))
    for table in document.tables:
        number = _words(table.rows[0]._tr).split()[0]
        for row in table.rows[1:]:
            if number in texts and _words(row.cells[0]._tc).startswith("Narrative"):
                row.cells[1].text = texts[number]
    document.save(str(written := path.with_stem("back")))
    return written


def reword(path: Path) -> Path:
    """A copy with another question than was asked."""
    document = Document(str(path))
    [first] = [each for each in document.element.body.iter(qn("w:t")) if _is_first(each.text)]
    first.text = "5.1 Is everything well?"
    document.save(str(reworded := path.with_stem("reworded")))
    return reworded


def _is_first(text: str | None) -> bool:
    return (text or "").startswith("5.1 ")


def _words(element: object) -> str:
    """What is locked in the file too, which python-docx leaves out."""
    return "".join(each.text or "" for each in element.iter(qn("w:t")))  # type: ignore[attr-defined]


def change_meanwhile(panel: Person, review: str) -> None:
    go(panel, review, "2/marker/5/")
    answer(panel, "5.2", MEANWHILE)


def be_refused(lead: Person, review: str, file: Path) -> None:
    bring_back(lead, review, file)
    refused(lead, "Question 5.1 reads otherwise in the file than in the self-assessment")


def bring_back(lead: Person, review: str, file: Path) -> None:
    go(lead, review, "2/packs/")
    lead.press("Bring a pack back")
    lead.page.locator("input[type=file]").set_input_files(file)
    lead.write(re.compile("^Whose answers are they"), "The group of practitioners")
    lead.press("Read the file")


def settle(lead: Person) -> None:
    """Two answers at once, and the one of which there are two with all three texts before one."""
    says(lead, "The answers are from: The group of practitioners.", *GROUPS)
    both = card(lead, GROUPS[0])
    for text in (PRACTITIONERS, STAFF, MEANWHILE, PANEL):
        expect(both).to_contain_text(text)
    lead.press("Take the 2 answers that nothing stands against")
    says(lead, "2 answers are taken.")
    lead.press(re.compile(r"^Take what the file says ?: 5\.2"))
    says(lead, "Each answer in the file is settled.")
    lead.look("settled")


def find_it_taken(lead: Person, review: str) -> None:
    go(lead, review, "2/marker/5/")
    for question, text in {"5.1": TOLD_TWICE, "5.2": STAFF, "5.3": TRIAL}.items():
        box = place(lead, question).get_by_label(re.compile("^Narrative"))
        expect(box).to_have_value(text)
    lead.press(re.compile("^Earlier texts"), within=place(lead, "5.2"))
    expect(main(lead)).to_contain_text(MEANWHILE)
