"""Documents come in by the handful, are read by who may read them, and go out as they came."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.test_pages import review_of
from tests.scr_portal.documents import files

pytestmark = pytest.mark.timeout(900)


def in_folder(folder: Path, **contents: bytes) -> list[Path]:
    paths = []
    for name, content in contents.items():
        paths.append(folder / name.replace("_", "."))
        paths[-1].write_bytes(content)
    return paths


def upload_page(someone: Person) -> str:
    room = f"{review_of(someone, 'Child Fieldfare')}documents"
    someone.goto(room)
    someone.press("Upload documents")
    return room


def test_several_files_are_sent_and_each_says_what_became_of_it(
    person: Callable[..., Person], tmp_path: Path
) -> None:
    lead = person("Lead reviewer")
    room = upload_page(lead)
    drop = lead.page.locator(".portal-drop")
    expect(drop.get_by_text("or drop files here")).to_be_visible()
    archive = files.zipped({"plan.txt": "Plan"})
    chosen = in_folder(
        tmp_path, Chronology_docx=files.docx("An anchor in the text"), Plan_docx=archive
    )
    lead.page.locator("input[type=file]").set_input_files(chosen)
    lead.page.get_by_label("Kind").select_option("chronology")
    with lead.expecting(400):
        lead.page.get_by_role("button", name="Upload").click()
        refused = lead.page.get_by_role("alert")
        expect(refused).to_contain_text("“Plan.docx” is an archive")
    expect(lead.page.get_by_text("“Chronology” is kept.")).to_be_visible()
    lead.look("a file that was refused")

    # What was refused is still chosen; put right, it goes without the other.
    [plan] = in_folder(tmp_path, Plan_docx=files.docx("A plan"))
    lead.page.locator("input[type=file]").set_input_files(plan)
    lead.page.wait_for_timeout(1000)  # a click sooner than that is the second of two
    with lead.page.expect_navigation():
        lead.page.get_by_role("button", name="Upload").click()
    assert lead.path == room
    for title in ("Chronology", "Plan"):
        expect(lead.page.get_by_role("link", name=title, exact=True)).to_have_count(1)


def test_a_dropped_file_is_found_by_its_words_and_comes_back_as_it_was(
    person: Callable[..., Person], tmp_path: Path
) -> None:
    liaison = person("Family liaison")
    room = upload_page(liaison)
    liaison.page.evaluate(
        """() => {
          const held = new DataTransfer();
          held.items.add(new File(["The lamp was lit at dusk."], "Lamp.txt"));
          document.querySelector(".portal-drop").dispatchEvent(
            new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }"""
    )
    liaison.page.get_by_label("Kind").select_option("conversation")
    liaison.write("Title", "Conversation at dusk")
    with liaison.page.expect_navigation():
        liaison.page.get_by_role("button", name="Upload").click()

    panel = person("Panel member")
    panel.goto(room)
    for _try in range(20):
        panel.write("Words in the title or in the file", "lamps")
        panel.press("Search")
        if panel.page.get_by_role("link", name="Conversation at dusk").count():
            break
        panel.page.wait_for_timeout(500)
    panel.press("Conversation at dusk")
    expect(panel.page.locator("main")).to_contain_text(re.compile("SHA-256 [0-9a-f]{64}"))
    with panel.page.expect_download() as download:
        panel.page.get_by_role("button", name="Download").click()
    assert Path(download.value.path()).read_text() == "The lamp was lit at dusk."
    assert download.value.suggested_filename == "Lamp.txt"


def test_without_script_one_file_goes_with_the_form(
    person: Callable[..., Person], tmp_path: Path
) -> None:
    unit = person("Business unit", java_script_enabled=False, axe=False)
    upload_page(unit)
    [page] = in_folder(tmp_path, Letter_pdf=files.pdf())
    unit.page.locator("input[type=file]").set_input_files(page)
    unit.press("Upload")
    assert unit.page.title().startswith("Error: ")
    expect(unit.page.locator(".govuk-error-summary")).to_contain_text("Select kind")
    unit.page.locator("input[type=file]").set_input_files(page)
    unit.page.get_by_label("Kind").select_option("other")
    unit.press("Upload")
    expect(unit.page.locator("main")).to_contain_text("“Letter” is kept.")
    unit.press(re.compile(r"^\s*Letter\s*$"))
    unit.press("Upload a new version")
    [page] = in_folder(tmp_path, Letter_pdf=files.pdf("Another letter"))
    unit.page.locator("input[type=file]").set_input_files(page)
    unit.press("Upload")
    assert unit.heading == "Letter"
    expect(unit.page.get_by_role("heading", name="Version 2")).to_be_visible()
