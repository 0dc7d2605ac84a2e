"""The family register: people, relations and homes, with what is entered wrongly on the way."""

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import (
    CHILD,
    FATHER,
    GRANDMOTHER,
    MOTHER,
    REAL,
    SISTER,
    card,
    go,
    main,
    never_says,
    refused,
    row,
    says,
    send,
)

PHONE, HOME = "07700 900442", "Mother’s home"
IN_WORDS = "ask her sister for it"


def enter(unit: Person, review: str) -> None:
    unit.goto(review)
    unit.press("Family")
    says(unit, "Nobody of the family is recorded yet", "Grandparents")
    add_the_mother(unit)
    add(unit, review, FATHER, {"Relationship to the child": "Father", "Age": "38", "Sex": "Male"})
    sister = {"Relationship to the child": "Brother or sister", "Age": "15", "Sex": "Female"}
    add(unit, review, SISTER, sister)
    relate(unit, review)
    house(unit, review)


def add_the_mother(unit: Person) -> None:
    unit.press("Add somebody")
    note = "She likes to be rung the day before."
    said = {
        "Pseudonym": MOTHER,
        "Relationship to the child": "Mother",
        "Sex": "Female",
        "Language and dialect": "Sylheti",
        "Reading and writing": "Reads Bengali, slowly",
        "What matters for contact": note,
    }
    send(unit, "Add to the register", said | {"Age": "3/5/1992"})
    refused(unit, "A date of birth has its own box.")
    expect(unit.page.get_by_label("What matters for contact")).to_have_value(note)
    send(unit, "Add, then name and contact details", {"Age": "34"})
    send(unit, "Save", {"Real name": REAL[MOTHER], "Telephone": IN_WORDS})
    refused(unit, "Write the telephone number in digits")
    expect(unit.page.get_by_label("Telephone")).to_have_value(IN_WORDS)
    expect(unit.page.get_by_label("Real name")).to_have_value(REAL[MOTHER])
    send(unit, "Save", {"Telephone": PHONE})
    never_says(unit, REAL[MOTHER], PHONE)
    unit.press("Show name and contact details")
    says(unit, REAL[MOTHER], PHONE, "The history now says that you looked")


def add(unit: Person, review: str, who: str, said: dict[str, str]) -> None:
    go(unit, review)
    unit.press("Add somebody")
    send(unit, "Add, then name and contact details", {"Pseudonym": who} | said)
    send(unit, "Save", {"Real name": REAL[who]})


def relate(unit: Person, review: str) -> None:
    """The first is wrong in two ways, one after the other; what is right about it is kept."""
    relation(unit, review, MOTHER, "Birth parent of", MOTHER)
    refused(unit, "nobody is related to themselves")
    send(unit, "Add", {"Who": SISTER})
    refused(unit, "Sister would have been under 10 years old when Mother was born.")
    expect(unit.page.get_by_label("Is", exact=True)).to_have_value("birth")
    send(unit, "Add", {"Who": MOTHER, "Of whom": SISTER})
    says(unit, "The relation is recorded.")
    for parent, child in ((MOTHER, CHILD), (FATHER, CHILD), (FATHER, SISTER)):
        relation(unit, review, parent, "Birth parent of", child)
        says(unit, "The relation is recorded.")
    relation(unit, review, MOTHER, "Partner of", FATHER, **{"It is over": True})


def relation(unit: Person, review: str, one: str, kind: str, other: str, **more: bool) -> None:
    go(unit, review, "relations/new")
    send(unit, "Add", {"Who": one, "Is": kind, "Of whom": other} | more)


def house(unit: Person, review: str) -> None:
    unit.press("Households")
    unit.press("Add a household")
    address = {"Address": "3 Invented Close\nNorthmere NM9 9ZZ"}
    send(unit, "Add", {"What it is called here": HOME} | address)
    for who in (MOTHER, SISTER, CHILD):
        unit.press("Add somebody")
        send(unit, "Add", {"Who": who})
    expect(card(unit, HOME).get_by_role("link", name=SISTER, exact=True)).to_be_visible()
    never_says(unit, "Invented Close")
    unit.press("Show address")
    says(unit, "Invented Close")


def look_at_the_network(unit: Person, review: str) -> None:
    go(unit, review)
    expect(row(unit, MOTHER)).to_contain_text("Sylheti")
    expect(row(unit, MOTHER)).to_contain_text(HOME)
    unit.press("Network")
    picture = main(unit).locator("figure svg").first
    for who in (MOTHER, FATHER, SISTER, CHILD):
        expect(picture.get_by_text(who, exact=True)).to_have_count(1)
    expect(row(unit, SISTER)).to_contain_text(HOME)
    never_says(unit, *REAL.values())
    unit.press("Show with real names")
    expect(picture).to_contain_text(REAL[MOTHER].split()[0])
    unit.look("named")
    unit.press("Show pseudonyms again")
    never_says(unit, *REAL.values())


def add_the_grandmother(unit: Person, review: str) -> None:
    said = {"Relationship to the child": "Grandparent", "Age": "58", "Sex": "Female"}
    add(unit, review, GRANDMOTHER, said)
    relation(unit, review, GRANDMOTHER, "Birth parent of", MOTHER)
    says(unit, "The relation is recorded.")
