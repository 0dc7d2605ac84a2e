"""Nothing that is typed is ever lost: without a session, beside somebody else, without script."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.browsing import Person
from tests.journeys.portal import sign_in_of
from tests.journeys.test_pages import markers_of, review_of

pytestmark = pytest.mark.timeout(900)

NARRATIVE = re.compile("^Narrative")
SAVED = re.compile(r"Saved at \d\d:\d\d")


def marker_page(someone: Person, marker: int) -> str:
    """Of the demonstration's assessment in work."""
    path = f"{markers_of(review_of(someone, 'Child Fieldfare'))}2/marker/{marker}/"
    someone.goto(path)
    return path


def question(page: Page, marker: int, number: int) -> Locator:
    return page.locator(f"#q-{marker}-{number}")


def test_a_text_survives_the_end_of_the_session(person: Callable[..., Person]) -> None:
    lead = person("Lead reviewer", anew=True)
    path = marker_page(lead, 9)
    place = question(lead.page, 9, 6)
    place.get_by_label(NARRATIVE).press_sequentially("Said before the bell.", delay=5)
    status = place.locator("[data-autosave-status]")
    expect(status).to_have_text(SAVED)
    lead.context.clear_cookies(name="session")
    with lead.expecting(401, 403):
        place.get_by_label(NARRATIVE).press_sequentially(" And after it.", delay=5)
        expect(status).to_contain_text("you have been signed out")
        sign_in_in_another_tab(lead, place)
    # "Saved" may stand there already, of the text that waited for the sign-in.
    with lead.page.expect_response(
        lambda answer: answer.ok and "Signed+in+again." in (answer.request.post_data or "")
    ):
        place.get_by_label(NARRATIVE).press_sequentially(" Signed in again.", delay=5)
    expect(status).to_have_text(SAVED)
    lead.goto(path)
    kept = "Said before the bell. And after it. Signed in again."
    expect(question(lead.page, 9, 6).get_by_label(NARRATIVE)).to_have_value(kept)


def sign_in_in_another_tab(lead: Person, place: Locator) -> None:
    with lead.context.expect_page() as opened:
        place.get_by_role("link", name="Sign in again").click()
    tab = opened.value
    tab.locator("input[type=email]").fill(sign_in_of("Lead reviewer")[0])
    tab.locator("input[type=password]").fill(sign_in_of("Lead reviewer")[1])
    with tab.expect_navigation():
        tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.close()


def test_save_pressed_during_an_autosave_is_no_clash_with_oneself(
    person: Callable[..., Person],
) -> None:
    lead = person("Lead reviewer")
    path = marker_page(lead, 9)

    def slowly(route: Route) -> None:
        answer = route.fetch() if "json" in route.request.headers["accept"] else None
        lead.page.wait_for_timeout(1500 if answer else 0)
        route.fulfill(response=answer) if answer else route.continue_()

    lead.page.route("**/answer/**", slowly)
    place = question(lead.page, 9, 7)
    with lead.page.expect_request("**/answer/**"):
        place.get_by_label(NARRATIVE).press_sequentially("Typed,")
    place.get_by_label(NARRATIVE).press_sequentially(" and Save pressed at once.")
    with lead.page.expect_navigation():
        place.get_by_role("button", name="Save").click()
    lead.page.unroute_all()
    lead.goto(path)
    kept = question(lead.page, 9, 7).get_by_label(NARRATIVE)
    expect(kept).to_have_value("Typed, and Save pressed at once.")


def test_saved_is_said_when_all_that_was_typed_is(person: Callable[..., Person]) -> None:
    """An answer to the first save comes while more has been typed: that is still to be saved."""
    lead = person("Lead reviewer")
    path = marker_page(lead, 9)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        route.continue_() if held else held.append(route)

    lead.page.route("**/answer/**", hold_the_first)
    place = question(lead.page, 9, 8)
    status = place.locator("[data-autosave-status]")
    status.evaluate(
        "element => { window.said = []; new MutationObserver(() => said.push(element.textContent))"
        ".observe(element, { childList: true }); }"
    )
    with lead.page.expect_request("**/answer/**"):
        place.get_by_label("In place", exact=True).check()
    place.get_by_label(NARRATIVE).fill("Typed while the first was on its way.")
    with lead.page.expect_request("**/answer/**"):
        held[0].continue_()
    expect(status).to_have_text(SAVED)
    said = lead.page.evaluate("said")
    assert [each for each in said if SAVED.fullmatch(each)] == said[-1:], said
    lead.page.unroute_all()
    place.get_by_label(NARRATIVE).press_sequentially(" And more.")
    expect(status).to_have_text("Saving…", timeout=1000)
    expect(status).to_have_text(SAVED)
    lead.goto(path)
    kept = question(lead.page, 9, 8).get_by_label(NARRATIVE)
    expect(kept).to_have_value("Typed while the first was on its way. And more.")


def test_a_question_that_was_read_becomes_a_form_with_all_that_it_held(
    person: Callable[..., Person],
) -> None:
    lead = person("Lead reviewer")
    marker_page(lead, 9)
    text = 'Two lines,\n\n  one "indented" <b>by</b> two & no more.'
    place = question(lead.page, 9, 5)
    place.get_by_label("Not applicable", exact=True).check()
    place.get_by_label(re.compile("^Why it does not apply")).fill("Thought of before.")
    place.get_by_label("Partly in place", exact=True).check()
    place.get_by_label(NARRATIVE).fill(text)
    expect(place.locator("[data-autosave-status]")).to_have_text(SAVED)

    lead.goto(f"{markers_of(review_of(lead, 'Child Fieldfare'))}2/questions")
    expect(place.locator("[data-text=narrative]")).to_have_text(text, use_inner_text=False)
    expect(lead.page.locator("main form")).to_have_count(1)  # of the keys
    lead.page.locator("#marker-9 > summary").click()
    expect(place.get_by_label("Partly in place", exact=True)).to_be_checked()
    expect(place.get_by_label(NARRATIVE)).to_have_value(text)
    expect(place.locator("[name=not_applicable_reason]")).to_have_value("Thought of before.")
    expect(place.get_by_role("link", name=re.compile("^Earlier texts"))).to_be_visible()
    lead.look("filled")
    place.get_by_label(NARRATIVE).fill(f"{text} More.")
    reflection = lead.page.locator("#reflection-9")
    reflection.get_by_role("textbox").fill("From the page of all questions.")
    for each in (place, reflection):
        expect(each.locator("[data-autosave-status]")).to_have_text(SAVED)
    marker_page(lead, 9)
    expect(place.get_by_label(NARRATIVE)).to_have_value(f"{text} More.")
    expect(place.locator("[name=not_applicable_reason]")).to_have_value("Thought of before.")
    expect(reflection.get_by_role("textbox")).to_have_value("From the page of all questions.")


def test_two_people_on_one_answer_see_both_texts(person: Callable[..., Person]) -> None:
    lead, unit = person("Lead reviewer"), person("Business unit")
    path = marker_page(lead, 11)
    unit.goto(path)
    theirs, mine = question(unit.page, 11, 2), question(lead.page, 11, 2)
    theirs.get_by_label(NARRATIVE).fill("The unit's words.")
    expect(theirs.locator("[data-autosave-status]")).to_have_text(SAVED)
    with lead.expecting(409):
        mine.get_by_label(NARRATIVE).fill("The lead reviewer's words.")
        panel = mine.locator(".portal-conflict")
        expect(panel).to_contain_text("The unit's words.")
        expect(panel).to_contain_text("The lead reviewer's words.")
        lead.look("conflict")
        panel.get_by_role("button", name="Keep mine").click()
    expect(mine.locator("[data-autosave-status]")).to_have_text(SAVED)
    unit.page.reload()
    expect(theirs.get_by_label(NARRATIVE)).to_have_value("The lead reviewer's words.")
    unit.press(re.compile("^Earlier texts"), within=theirs)
    expect(unit.page.locator("main")).to_contain_text("The unit's words.")


def test_an_answer_is_saved_without_script(person: Callable[..., Person]) -> None:
    lead = person("Lead reviewer", axe=False, java_script_enabled=False)
    path = marker_page(lead, 4)
    place = question(lead.page, 4, 2)
    place.get_by_label("Partly in place", exact=True).check()
    place.get_by_label(NARRATIVE).fill("Saved by hand.")
    lead.press(re.compile("^Save"), within=place)
    assert lead.path == path
    expect(place.get_by_label("Partly in place", exact=True)).to_be_checked()
    expect(place.get_by_label(NARRATIVE)).to_have_value("Saved by hand.")


def test_a_referral_is_opened_without_script(person: Callable[..., Person]) -> None:
    unit = person("Business unit", axe=False, java_script_enabled=False)
    day = timezone.localdate() - timedelta(days=9)
    unit.goto("/")
    unit.press("Open a referral")
    unit.write(re.compile("^Pseudonym"), "Child Plover")
    unit.choose("Died")
    unit.date("Date of the incident", day)
    unit.press("Save and continue")
    unit.write(re.compile("^Who refers"), "Consultant paediatrician")
    unit.date("Date the board learned of the incident", day)
    unit.date("Date of the referral", day)
    unit.press("Save and continue")
    for clause in ("abused or neglected", "child die", "seriously harmed", "worked together"):
        unit.page.get_by_role("group", name=clause).get_by_label("Not known yet").check()
    unit.choose("Another reason to learn from the case")
    unit.press("Save and continue")
    unit.write("Why the case is referred", "The injuries were not explained.")
    unit.press("Save and continue")
    unit.press("Open the referral")
    expect(unit.page.get_by_role("heading", name="Referral opened")).to_be_visible()
