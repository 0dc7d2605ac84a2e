"""Every main page as somebody with a narrow window meets it, and as nobody may meet it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Person

pytestmark = pytest.mark.timeout(900)

NARROW = {"width": 320, "height": 640}
OF_A_REVIEW = [
    "",
    "edit",
    "children",
    "people",
    "people/appoint",
    "people/recuse",
    "people/give-leave",
    "dates",
    "pause",
    "history",
    "referral",
    "referral/edit",
    "decision",
    "stage/drafting",
]
OF_ITS_MARKERS = ["", "new", "1/", "1/questions", "2/", "2/marker/12/", "2/submit", "exports/"]
PAGES = {
    "Business unit": [
        "/",
        "/reviews/",
        "/reviews/refer/northmere/child",
        "/reviews/refer/northmere/reasons",
        "/inbox/",
        "/inbox/jobs/northmere/",
        "/people/northmere/",
        "/people/northmere/invite/",
        "/people/northmere/agencies/",
        "/people/northmere/closures/",
        "/people/profile/",
        "/quality-markers/",
        "/quality-markers/12/",
        "/accessibility",
        "/privacy",
        "/cookies",
        *(f"{{review}}{page}" for page in OF_A_REVIEW),
        *(f"{{markers}}{page}" for page in OF_ITS_MARKERS),
    ],
    "Board chair": ["/", "{review}", "{markers}1/", "{waiting}decision/sign"],
    "Lead reviewer": ["/", "{review}", "{markers}2/questions?open=all"],
}


def review_of(someone: Person, pseudonym: str) -> str:
    """Its address, from the list of reviews."""
    someone.goto(f"/reviews/?q={pseudonym.replace(' ', '+')}")
    link = someone.page.locator("main tbody a").first.get_attribute("href")
    assert link
    return link


def markers_of(review: str) -> str:
    return review.replace("/reviews/", "/quality-markers/")


@pytest.mark.parametrize("who", PAGES)
def test_nothing_is_cut_off_at_320_pixels(person: Callable[..., Person], who: str) -> None:
    someone = person(who, viewport=NARROW)
    review = review_of(someone, "Child Fieldfare")
    places = {"review": review, "markers": markers_of(review)}
    if any("{waiting}" in page for page in PAGES[who]):
        places["waiting"] = review_of(someone, "Child Wren")
    wide = []
    for page in PAGES[who]:
        someone.goto(page.format(**places))
        over = someone.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if over > 0:
            wide.append(f"{page} by {over} px")
    assert wide == []


@pytest.mark.parametrize("who", ["Business unit of another board", "Agency author"])
def test_a_stranger_meets_the_page_of_what_does_not_exist(
    person: Callable[..., Person], who: str
) -> None:
    unit, stranger = person("Business unit"), person(who)
    review = review_of(unit, "Child Linnet")
    nowhere = "/reviews/00000000-0000-4000-8000-000000000000/"
    with stranger.expecting(404):
        for path in ("", "dates", "history", "decision"):
            assert answered(stranger, review + path) == answered(stranger, nowhere + path)
    expect(stranger.page.get_by_role("heading", name="Page not found")).to_be_visible()


def answered(someone: Person, path: str) -> tuple[int, bytes]:
    response = someone.goto(path)
    assert response and response.status == 404
    return response.status, response.body()
