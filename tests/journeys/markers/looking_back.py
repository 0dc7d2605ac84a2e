"""At the end: the same markers again, what moved since the first time, and why."""

import re

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import main, says, send
from tests.journeys.markers.clarity import AGAINST, INVITED, MARKERS, REASONED, SPOKEN
from tests.journeys.markers.pages import IN_PLACE, answer, go, open_a_pass, place

WRITTEN = "It is in writing since the second meeting, in words that a parent understands."
FORMULA = "=1+1 was the chair’s word for it: three agencies knew one thing each."
HEARD = "Mother and grandmother were both heard, each in her own time."
MOVED = "The panel asked for it in writing after the staff of the school had read of it."
ALL_IN_ALL = "More is written down than at the start, and earlier."
NEXT_TIME = "Put the purpose in writing before the first meeting."


def fill_in(lead: Person, review: str) -> None:
    open_a_pass(lead, review, "Looking back at the end", MARKERS)
    lead.press(re.compile(r"^1\. "))
    answer(lead, "1.1", REASONED, IN_PLACE)
    answer(lead, "1.2", FORMULA, IN_PLACE)
    lead.press("Next marker")
    place(lead, "5.2").get_by_text("Answered before (2)").click()
    expect(place(lead, "5.2")).to_contain_text(SPOKEN)
    answer(lead, "5.2", WRITTEN, IN_PLACE)
    lead.press("Next marker")
    answer(lead, "12.1", HEARD, IN_PLACE)


def note_an_improvement(lead: Person, review: str) -> None:
    go(lead, review, "3/marker/5/")
    lead.press("Note an improvement for future reviews")
    send(lead, "Note it", {"What should future reviews do otherwise?": NEXT_TIME})
    says(lead, NEXT_TIME)


def compare(lead: Person, review: str) -> None:
    go(lead, review, "3/")
    lead.press("What moved, and why")
    says(lead, SPOKEN, WRITTEN, INVITED, HEARD)
    expect(main(lead)).not_to_contain_text("%")
    say_why(lead, "Say why 5.2", MOVED)
    say_why(lead, re.compile("^Say (why )?what moved as a whole"), ALL_IN_ALL)
    left = main(lead).get_by_role("region", name="Planned, and never revisited")
    expect(left).to_contain_text("12.2")
    lead.press("Read it as one page of sentences")
    says(lead, ALL_IN_ALL, MOVED, "5.2 was judged “Partly in place”; it is now judged “In place”.")


def say_why(lead: Person, link: str | re.Pattern[str], words: str) -> None:
    lead.press(link)
    send(lead, "Save", {"What moved, and why?": words})
    says(lead, words)


def find_what_was_never_taken_up(lead: Person, review: str) -> None:
    go(lead, review, "compare/2/3/")
    left = main(lead).get_by_role("region", name="Planned, and never revisited")
    expect(left).to_contain_text("14.")
    expect(left).to_contain_text("at the stage “Responding”")


def read_what_is_not_explained(chair: Person, review: str) -> None:
    go(chair, review, "3/")
    says(chair, "Where the record says otherwise", AGAINST, "1 is not explained yet.")
