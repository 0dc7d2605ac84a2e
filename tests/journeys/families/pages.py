"""What every step does: open a room of the family, fill in what it asks, read what it says."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from scr_portal.core.dates import on_screen
from tests.journeys.browsing import Person
from tests.journeys.setting_up.days import days_from_now

MOTHER, FATHER, SISTER, GRANDMOTHER = "Mother", "Father", "Sister", "Grandmother"
REAL = {
    MOTHER: "Shirin Nuthatch",
    FATHER: "Karim Pipit",
    SISTER: "Nila Nuthatch",
    GRANDMOTHER: "Jahanara Crake",
}
CHILD, CHILDS_NAME = "Child Avocet", "Tamim Nuthatch"
INTERPRETER = "Registered interpreter, Sylheti of Moulvibazar"


def go(someone: Person, review: str, room: str = "") -> None:
    someone.goto(f"{review}family{room and f'/{room}'}")


def takes_part(someone: Person, review: str, who: str) -> None:
    """The page on which it is decided and kept how one of the family takes part."""
    go(someone, review, "taking-part")
    someone.press(who, within=row(someone, who))


def main(someone: Person) -> Locator:
    return someone.page.locator("main")


def row(someone: Person, name: str) -> Locator:
    return main(someone).get_by_role("row", name=re.compile(rf"^{re.escape(name)}\b"))


def card(someone: Person, name: str) -> Locator:
    """A part of the page, by its heading."""
    return main(someone).get_by_role("region", name=re.compile(rf"^{re.escape(name)}"))


def says(someone: Person, *sentences: str) -> None:
    for sentence in sentences:
        expect(main(someone)).to_contain_text(sentence)


def never_says(someone: Person, *words: str) -> None:
    """Nowhere in what was sent, shown or not."""
    sent = someone.page.content()
    assert [each for each in words if each in sent] == []


def refused(someone: Person, *sentences: str) -> None:
    for sentence in sentences:
        expect(someone.page.get_by_role("alert").first).to_contain_text(sentence)
    someone.look("refused")


def fill(someone: Person, answers: Mapping[str, Any]) -> None:
    """By the labels of the page: text, a day, an answer of a list, several, or a tick (True)."""
    for label, answer in answers.items():
        name = re.compile(rf"^\s*{re.escape(label)}(\s*\(optional\))?\s*$")
        group = someone.page.get_by_role("group", name=name)
        control = someone.page.get_by_label(name)
        if isinstance(answer, date):
            someone.date(name, answer)
        elif answer is True:
            control.check()
        elif group.count():
            for each in [answer] if isinstance(answer, str) else answer:
                group.get_by_label(each, exact=True).check()
        elif control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(label=answer)
        else:
            control.fill(answer)


def send(someone: Person, button: str, answers: Mapping[str, Any]) -> None:
    fill(someone, answers)
    someone.press(re.compile(f"^{button}$"), within=main(someone))


def download(someone: Person, name: str, folder: Path) -> Path:
    """By a link or a button of that name."""
    found = re.compile(f"{name}$")
    place = main(someone)
    control = place.get_by_role("link", name=found).or_(place.get_by_role("button", name=found))
    come = someone.fetch(control.first)
    come.save_as(path := folder / come.suggested_filename)
    return path


def ago(number: int) -> date:
    return days_from_now(-number)


def day(number: int) -> str:
    """So many days from now, as the pages write it."""
    return on_screen(days_from_now(number))
