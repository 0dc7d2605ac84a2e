"""What three of the family said: who reads it, whether it is right, what became of it."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import (
    FATHER,
    GRANDMOTHER,
    INTERPRETER,
    MOTHER,
    ago,
    card,
    day,
    download,
    go,
    main,
    never_says,
    refused,
    row,
    says,
    send,
)
from tests.journeys.inbox import arrives
from tests.journeys.setting_up.deciding import squeezed, text_of
from tests.journeys.setting_up.starting import in_the_way

VISITS, NIGHTS, CALLS = "Six visits in one week", "Why he stopped coming", "The three calls"
SAID = {
    VISITS: "Nobody rang before they came. On the Friday I stopped opening the door.",
    NIGHTS: "He was told what would happen to her if he came to the house again.",
    CALLS: "I was there on the Friday. She opened the door to each of them.",
}
PUT_RIGHT = f"{SAID[CALLS]} But it was the Thursday."
PANEL = "Paul Netherby"


def write_down(
    someone: Person, review: str, topic: str, who: str, reads: str, **more: object
) -> None:
    go(someone, review, "contributions/new")
    said = {"Who said it": who, "Topic": topic, "What they said": SAID[topic]}
    send(someone, "Save", said | {"Who may read it": reads} | more)


def listen(liaison: Person, lead: Person, review: str) -> None:
    """The mother for the team, in her words; the father for the lead reviewer's ears alone."""
    own = {"These are their own words, as agreed with them": True}
    team = "The review team"
    write_down(liaison, review, VISITS, MOTHER, team, **own | {"Interpreter": INTERPRETER})
    says(liaison, "Next, show it to Mother.", SAID[VISITS], INTERPRETER, "Their own, as agreed")
    write_down(lead, review, NIGHTS, FATHER, "People named here alone")
    says(lead, "For named people alone")
    write_down(liaison, review, CALLS, GRANDMOTHER, team, **own)
    find(liaison, review, 2)
    never_says(liaison, NIGHTS)
    find(lead, review, 3)


def find(someone: Person, review: str, number: int) -> None:
    go(someone, review, "contributions")
    says(someone, f"{number} contribution{'s' * (number > 1)}")


def open_one(someone: Person, review: str, topic: str) -> str:
    go(someone, review, "contributions")
    someone.press(topic, within=main(someone))
    return someone.path


def put_side_by_side(liaison: Person, review: str) -> None:
    open_one(liaison, review, CALLS)
    liaison.press("Put another account beside it")
    differ = {
        "What do the accounts differ in?": "Whether the door was opened",
        "What another family member said": f"{MOTHER}, {day(0)}: {VISITS}",
        "What may the difference mean for the learning?": "Both may be so, on different days.",
    }
    send(liaison, "Save", differ)
    accounts = card(liaison, "Accounts that differ")
    for text in (SAID[CALLS], SAID[VISITS], "They differ in: Whether the door was opened"):
        expect(accounts).to_contain_text(text)


def name_the_panel_member(liaison: Person, panel: Person, review: str, reference: str) -> None:
    """Before that, the room does not exist for them."""
    with panel.expecting(404):
        go(panel, review, "contributions")
    panel.goto(review)
    expect(panel.page.get_by_role("link", name="Contributions")).to_have_count(0)
    open_one(liaison, review, CALLS)
    liaison.press("Change who may read it")
    send(liaison, "Save", {"Name more readers": PANEL})
    says(liaison, f"The review team: {PANEL}")
    arrives(panel, "What somebody said for {reference} was opened to you", reference)
    says(panel, SAID[CALLS], "The review team, and you by name")


def see_one_and_no_more(
    panel: Person, liaison: Person, lead: Person, review: str, folder: Path
) -> None:
    hidden = [VISITS, SAID[VISITS], NIGHTS, SAID[NIGHTS], "Whether the door was opened", MOTHER]
    others = [open_one(liaison, review, VISITS), open_one(lead, review, NIGHTS)]
    find(panel, review, 1)
    never_says(panel, *hidden)
    panel.press(CALLS, within=main(panel))
    never_says(panel, *hidden)
    for path in (review, "/", "/inbox/"):
        panel.goto(path)
        never_says(panel, *hidden, SAID[CALLS])
    panel.goto(f"/reviews/?q={VISITS.replace(' ', '+')}")
    expect(main(panel).locator("tbody a")).to_have_count(0)
    with panel.expecting(403, 404):
        for path in others:
            panel.goto(path)
            expect(panel.page.locator("h1")).to_have_text("Page not found")
        for path in (f"{review}history", f"{review}family", f"{review}family/taking-part"):
            panel.goto(path)
            never_says(panel, *hidden, SAID[CALLS])
    go(panel, review, "contributions")
    for kind in ("PDF", "Word"):
        text = squeezed(text_of(download(panel, kind, folder)))
        assert squeezed(SAID[CALLS]) in text, kind
        assert [each for each in hidden if squeezed(each) in text] == [], kind


def keep_the_history_from_the_unit(unit: Person, review: str) -> None:
    unit.goto(f"{review}history")
    never_says(unit, VISITS, NIGHTS, CALLS)


def find_the_report_blocked(unit: Person, lead: Person, review: str) -> None:
    """The unit hears that something waits; the lead reviewer, what. Neither hears of the third."""
    lead.goto(review)
    lead.press("Begin drafting the report")
    lead.press("Begin drafting the report")
    says(lead, "now at the stage: Drafting")
    reasons = in_the_way(unit, review)
    expect(reasons).to_contain_text("A check of accuracy by the family is not done.")
    expect(reasons).not_to_contain_text("2")
    expect(in_the_way(lead, review)).to_contain_text("2 contributions have not been shown")


def check(someone: Person, review: str, topic: str, step: str, **more: object) -> None:
    open_one(someone, review, topic)
    someone.press("Record their check")
    send(someone, "Save", {"What happened?": step} | more)
    says(someone, "Their check is on the record.", step)


def have_them_checked(liaison: Person, lead: Person, review: str) -> None:
    check(liaison, review, VISITS, "They agree with it", How="Read aloud, with the interpreter")
    check(lead, review, NIGHTS, "They do not want to check it")
    check(liaison, review, CALLS, "Shown to them")
    corrected = {"The text as they corrected it": PUT_RIGHT}
    check(liaison, review, CALLS, "Corrected by them", **corrected)
    check(liaison, review, CALLS, "They agree with it")
    says(liaison, PUT_RIGHT)
    liaison.press("1 earlier text")
    expect(main(liaison).locator("ins, del").first).to_be_visible()


def put_to_sign_off(lead: Person, review: str) -> None:
    expect(in_the_way(lead, review)).to_have_count(0)
    lead.press("Put the report to sign-off")
    lead.press("Put the report to sign-off")
    says(lead, "now at the stage: Sign-off")


def say_what_became_of_it(lead: Person, review: str) -> None:
    open_one(lead, review, VISITS)
    lead.press("Record what became of it")
    send(lead, "Save", {"What became of it?": "In a finding", "Where exactly": "Finding 3"})
    refused(lead, "Enter how it was used, or why it was not")
    how = "Opens the finding, in her words, on what six offers look like from inside."
    send(lead, "Save", {"How it was used, or why it was not": how})
    says(lead, "Mother has not been told of it yet.")
    lead.press("Change In a finding")
    send(lead, "Save", {"They were told of it on": ago(0)})
    says(lead, f"Mother was told on {day(0)}.")
    go(lead, review, "contributions")
    expect(row(lead, VISITS)).to_contain_text("In a finding: Finding 3")
