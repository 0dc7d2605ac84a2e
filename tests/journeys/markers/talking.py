"""Comments that speak to people, of those alone who may see the question."""

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import main, says
from tests.journeys.inbox import arrives
from tests.journeys.markers.pages import LIAISON, PANEL, go, place, spoken_to

ASKED = f"@{PANEL}, who told them? Perhaps @{LIAISON} knows."
HEARD = "The head teacher, on the Monday after."
TO_THE_LIAISON = "Does the interpreter know her dialect?"
FROM_THE_LIAISON = "She does; they have spoken on the telephone."


def ask_the_panel(lead: Person, panel: Person, liaison: Person, review: str, ref: str) -> None:
    """The liaison reads the family's markers alone: not offered here, not told of an @ either."""
    comment_on(lead, review, "5.2")
    offered = lead.page.get_by_role("group", name="Whom does it speak to?")
    lead.page.get_by_text("Choose whom to speak to").click()
    expect(offered.get_by_label(PANEL)).to_be_visible()
    expect(offered.get_by_label(LIAISON)).to_have_count(0)
    say(lead, ASKED)
    expect(spoken_to(panel, "5.2", ref)).to_be_visible()
    expect(spoken_to(liaison, "5.2", ref)).to_have_count(0)


def comment_on(someone: Person, review: str, question: str) -> None:
    go(someone, review, f"2/marker/{question.partition('.')[0]}/")
    someone.press("Comment", within=place(someone, question))


def say(someone: Person, text: str, button: str = "Comment") -> None:
    someone.write("Your comment", text)
    someone.press(button, within=main(someone).locator("form[data-autosave-url]"))
    says(someone, text)


def answer_the_lead(panel: Person, reference: str) -> None:
    arrives(panel, "A comment on a self-assessment of {reference} is for you", reference)
    open_the_thread(panel, ASKED)
    say(panel, HEARD, "Answer")
    expect(spoken_to(panel, "5.2", reference)).to_have_count(0)


def open_the_thread(someone: Person, text: str) -> None:
    says(someone, text)
    if not someone.page.get_by_label("Your comment").count():
        someone.press("Answer")


def ask_the_liaison(lead: Person, review: str) -> None:
    comment_on(lead, review, "12.3")
    lead.page.get_by_text("Choose whom to speak to").click()
    lead.choose(LIAISON)
    say(lead, TO_THE_LIAISON)


def answer_from_the_inbox(liaison: Person, reference: str) -> None:
    """Of the two comments that name her, one message has come: that of the one she may read."""
    sentence = f"A comment on a self-assessment of {reference} is for you"
    arrives(liaison, sentence, reference)
    open_the_thread(liaison, TO_THE_LIAISON)
    say(liaison, FROM_THE_LIAISON, "Answer")
    liaison.goto("/inbox/")
    expect(liaison.page.get_by_role("button", name=sentence)).to_have_count(1)


def resolve(lead: Person, review: str) -> None:
    go(lead, review, "2/comments/")
    says(lead, HEARD, FROM_THE_LIAISON)
    talk = main(lead).get_by_role("article").filter(has_text=FROM_THE_LIAISON)
    lead.press("Resolve", within=talk)
    go(lead, review, "2/marker/12/")
    expect(place(lead, "12.3").get_by_role("link", name="2 comments", exact=True)).to_be_visible()
