"""The information sheet: in the mother's writing, looked through, handed over, answered."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import (
    CHILDS_NAME,
    MOTHER,
    REAL,
    download,
    go,
    main,
    never_says,
    refused,
    row,
    says,
    send,
)
from tests.journeys.setting_up.deciding import squeezed, text_of

HEADING = "আপনার পরিবারের জন্য তথ্য"
BENGALI = """
প্রিয় {name}

# এটি কী
আমরা {child} সম্পর্কে শিখতে চাই, যাতে অন্য শিশুরা নিরাপদ থাকে।

- কেউ আপনাকে দোষ দেয় না।
- আপনি না বলতে পারেন।

{liaison}, {telephone}
"""
HARD = """
Dear Shirin Nuthatch

The multi-agency review about Tamim Nuthatch is there to learn. How it works: we will listen.

You choose. Somebody you trust can come. You can ask. We tell you what changed because of them.
"""
REPLY = "She had it read to her twice, and asks who reads the report first."


def load_a_translation(unit: Person, review: str) -> None:
    go(unit, review, "letters")
    unit.press("The board’s texts of letters, and translations")
    unit.press("Load a translation")
    send(unit, "Continue", {"Language": "Bengali (বাংলা)", "Which letter?": "Information sheet"})
    says(unit, "No translation is loaded yet")
    send(unit, "Save", {"Heading": HEADING, "Text": BENGALI.replace("{name}", "{nam}")})
    refused(unit, "{nam}")
    expect(unit.page.get_by_label("Heading")).to_have_value(HEADING)
    send(unit, "Save", {"Text": BENGALI})
    says(unit, "Saved. Letters begun from now on have this text.", HEADING, "Amina Example")


def begin(liaison: Person, review: str, language: str) -> None:
    go(liaison, review, "letters")
    liaison.press("Write a letter")
    liaison.choose(re.compile(f"^{MOTHER},"))
    liaison.press("Continue")
    says(liaison, "Letters do not suit this person.", "Reads Bengali, slowly")
    answers = {"Which letter?": "Information sheet", "Language": language}
    number = {"Telephone number on which they can ask": "01632 960 111"}
    send(liaison, "Begin the letter", answers | number)


def find_what_shuts_her_out(liaison: Person, review: str) -> None:
    """A hard word, and nothing said of what the review cannot do; the letter is dropped."""
    begin(liaison, review, "English")
    send(liaison, "Save and check", {"Text": HARD})
    says(
        liaison,
        "“multi-agency”",
        "the people and services who work with families",
        "It does not seem to say what it cannot do.",
        "Letters do not suit this person.",
    )
    liaison.press("Drop this letter and its words")
    says(liaison, "The letter is dropped, and its words are gone.")


def hand_it_over(liaison: Person, review: str, folder: Path) -> None:
    begin(liaison, review, "Bengali (বাংলা)")
    liaison.press("Save and check")
    paper = main(liaison).locator("article[lang=bn]")
    expect(paper).to_contain_text(HEADING)
    expect(paper).to_contain_text(REAL[MOTHER])
    expect(paper).to_contain_text(CHILDS_NAME)
    look_at_the_files(liaison, folder)
    liaison.press("Record as sent")
    send(liaison, "Record as sent", {"How did it go?": "Read out to them"})
    refused(liaison, "Say why it goes nevertheless.")
    why = "Read to her by the interpreter; she keeps the sheet at her sister's."
    send(liaison, "Record as sent", {"Why does it go nevertheless?": why})
    says(liaison, "The letter is recorded as sent, and stands.", why, "Nothing has come back yet.")
    never_says(liaison, HEADING, REAL[MOTHER])
    liaison.press("Record a reply")
    send(
        liaison,
        "Record the reply",
        {"How did it come?": "In a conversation", "What they said": REPLY},
    )
    never_says(liaison, REPLY)
    liaison.press("Read the letter")
    says(liaison, REPLY, HEADING)
    go(liaison, review, "letters")
    expect(row(liaison, "Information sheet").filter(has_text="Bengali")).to_contain_text("1 reply")


def look_at_the_files(liaison: Person, folder: Path) -> None:
    for kind in ("PDF", "Word"):
        path = download(liaison, kind, folder)
        assert REAL[MOTHER].split()[0] not in path.name
        text = squeezed(text_of(path))
        wanted = [REAL[MOTHER], "01632 960 111", *([HEADING] if kind == "Word" else [])]
        assert [each for each in wanted if squeezed(each) not in text] == [], kind
