"""The report is seen, the learning told; a family member says, unseen, how it was to take part."""

import re

from playwright.sync_api import Response, Route, expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import (
    GRANDMOTHER,
    MOTHER,
    SISTER,
    card,
    go,
    main,
    never_says,
    refused,
    says,
    send,
)
from tests.journeys.inbox import arrives
from tests.journeys.setting_up.starting import in_the_way

TELEPHONE_ONLY = {"viewport": {"width": 375, "height": 700}}
UNSEEN = "has not seen the report, and was not offered to."
THANKS = "She wept at finding 3, and thanks you."
OTHERWISE = "Come once, and all of you together. Six mornings were too many."
ELSEWHERE = "<title>Weather</title><h1>Rain</h1>"


def find_the_report_unseen(chair: Person, review: str) -> None:
    reasons = in_the_way(chair, review)
    for who in (MOTHER, GRANDMOTHER, SISTER):
        expect(reasons).to_contain_text(f"{who} {UNSEEN}")


def show_the_report(liaison: Person, review: str) -> None:
    tell(liaison, review, "The report, before it was published", "They read it for an hour.")
    said = card(liaison, MOTHER)
    expect(said).to_contain_text("They read it for an hour.")
    expect(said).to_contain_text(THANKS)


def tell(liaison: Person, review: str, about: str, text: str) -> None:
    go(liaison, review, "afterwards")
    liaison.press("Record what they were told")
    send(liaison, "Save", {"Who was told?": [MOTHER, GRANDMOTHER], "What they were told": text})
    refused(liaison, "Choose what they were told of")
    expect(liaison.page.get_by_label("What they were told", exact=True)).to_have_value(text)
    liaison.page.get_by_label(f"What {MOTHER} said to it").fill(THANKS)
    send(liaison, "Save", {"Of what?": about, "How": "At her home, with the interpreter"})
    says(liaison, "On the record.")


def waive_for_the_sister(chair: Person, review: str) -> None:
    reasons = in_the_way(chair, review)
    expect(reasons).not_to_contain_text(f"{MOTHER} {UNSEEN}")
    chair.press("Say why not", within=reasons)
    why = "She does not want to read it, and has told the liaison so."
    send(
        chair,
        "Save the reason",
        {"For whom": SISTER} | {"Why may the review move on without it?": why},
    )
    says(chair, why)


def publish(chair: Person, review: str) -> None:
    expect(in_the_way(chair, review)).to_have_count(0)
    chair.press("Publish")
    chair.press("Publish", within=main(chair).locator("form"))
    says(chair, "now at the stage: Implementing")


def tell_what_was_learned(liaison: Person, review: str) -> None:
    liaison.goto("/")
    liaison.press("Tell the family what was learned")
    tell(liaison, review, "What was learned", "One diary for all six services, since May.")
    expect(card(liaison, GRANDMOTHER)).to_contain_text("One diary for all six services")


def ask_the_mother(liaison: Person, review: str) -> str:
    """Returns the link, as it stands on the sheet that is handed over."""
    go(liaison, review, "afterwards")
    liaison.press(f"Ask {MOTHER}")
    says(liaison, "Letters do not suit this person.")
    send(liaison, "Ask", {"How do you ask?": "A link that you hand over or print"})
    never_says(liaison, MOTHER, "Child Avocet")
    link = liaison.page.locator("#address").inner_text()
    liaison.press("I have it: go back")
    expect(card(liaison, MOTHER)).to_contain_text("by a link, which opens until")
    never_says(liaison, link)
    return link


def begin_and_leave(guest: Person, link: str) -> None:
    """Somebody comes in: the page is away at once, and what was written is not lost."""
    guest.context.route("https://www.bbc.co.uk/**", _weather)
    guest.goto(link)
    says(guest, "How was it for you?", "You can leave out any question.")
    never_says(guest, MOTHER, "Child Avocet", "SCR Portal")
    with guest.page.expect_response(_saved):
        guest.write("What should we have done differently?", OTHERWISE)
    expect(guest.page.locator("[data-autosave-status]")).to_have_text(re.compile("^Saved at"))
    guest.page.get_by_role("button", name="Exit this page").click()
    expect(guest.page.locator("h1")).to_have_text("Rain")
    guest.page.go_back()
    expect(guest.page.get_by_text(OTHERWISE)).to_have_count(0)


def _weather(route: Route) -> None:
    route.fulfill(content_type="text/html", body=ELSEWHERE)


def _saved(answer: Response) -> bool:
    return answer.ok and "Six+mornings" in (answer.request.post_data or "")


def come_back_and_send(guest: Person, link: str) -> None:
    guest.goto(link)
    box = guest.page.get_by_label("What should we have done differently?")
    expect(box).to_have_value(OTHERWISE)
    answers = {
        "Were you told what the review was for?": "Yes, and I understood it",
        "Did you feel that people listened to you?": "Most of the time",
    }
    send(guest, "Send", answers)
    says(guest, "What you wrote has arrived.")
    over = guest.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert over <= 0
    with guest.expecting(410):
        guest.goto(link)
    expect(guest.page.locator("h1")).to_have_text("This link can no longer be used")
    never_says(guest, OTHERWISE, MOTHER)


def read_the_answers(liaison: Person, reference: str) -> None:
    arrives(liaison, "A family member has answered about {reference}", reference)
    if not re.search(r"/evaluations/\d+$", liaison.path):
        liaison.press("Answered on", within=card(liaison, MOTHER))
    says(liaison, OTHERWISE, "Most of the time", "Sent by themselves on")
