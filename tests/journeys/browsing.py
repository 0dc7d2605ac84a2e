"""One person in a browser of their own, with somebody looking over their shoulder.

Whatever page a person meets is looked at once by axe. Its findings, errors in the console, refusals
of the content policy and answers that nobody expected are collected; the fixture fails on them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Response,
)

REFERENCE = re.compile(r"SCR-\d{4}-\d{3}")
LOADED = "Failed to load resource"
"""How the console tells of a status; the answer itself is looked at instead."""


def until(condition: Callable[[], Any], wait: Callable[[], Any], times: int = 300) -> None:
    """The page has to be let go on meanwhile. Raises AssertionError after half a minute."""
    for _each in range(times):
        if condition():
            return
        wait()
    raise AssertionError("It did not come.")


class Watch:
    """What was found, and which pages have been looked at: shared by everybody of a run."""

    def __init__(self) -> None:
        self.axe = Axe()
        self.seen: set[tuple[str, str]] = set()
        self.found: list[str] = []

    def look(self, page: Page, what: str = "") -> None:
        """Once for each view and title; ``what`` names a state of a page beside its first."""
        view = _view_of(page.url)
        key = (view, what or REFERENCE.sub("", page.title()))
        if key in self.seen:
            return
        self.seen.add(key)
        results = self.axe.run(page)
        if results.violations_count:
            self.found.append(f"{view} {key[1]}: axe found\n{_told(results.response)}")

    def taken(self) -> list[str]:
        found, self.found = self.found, []
        return found


def _view_of(url: str) -> str:
    path = urlsplit(url).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return "no such page"


def _told(response: dict[str, Any]) -> str:
    return "\n".join(
        f"  {violation['id']}: {violation['help']}\n    {node['html'][:300]}"
        for violation in response["violations"]
        for node in violation["nodes"][:5]
    )


class Person:
    def __init__(self, context: BrowserContext, address: str, watch: Watch, axe: bool) -> None:
        self.context, self.address, self.watch, self.axe = context, address, watch, axe
        self.expected: set[int] = set()
        self.password = ""
        self.page = self.tab()

    def tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.watch.found.append(f"{page.url}: {error}"))
        page.on("response", self._response)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and LOADED not in message.text:
            self.watch.found.append(f"{message.location.get('url')}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.watch.found.append(f"{response.url} answered {response.status}")

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        self.expected |= set(statuses)
        yield
        self.expected -= set(statuses)

    # --- going somewhere

    def goto(self, path: str) -> Response | None:
        response = self.page.goto(path if "://" in path else self.address + path)
        self.look()
        return response

    def look(self, what: str = "") -> None:
        if self.axe:
            self.watch.look(self.page, what)

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """A link or a button that leads to another page; links may look like buttons."""
        place = within or self.page.locator("body")
        control = place.get_by_role("link", name=name).or_(place.get_by_role("button", name=name))
        with self.page.expect_navigation():
            control.first.click()
        self.look()
        if self.is_asked:
            with self.page.expect_navigation():
                self.show_who_it_is()
            self.look()

    @property
    def is_asked(self) -> bool:
        """A journey takes longer than the five minutes for which nothing is asked again."""
        return self.page.get_by_role("heading", name="Show that it is you").count() > 0

    def show_who_it_is(self) -> None:
        self.write("Your password", self.password)
        self.page.get_by_role("button", name="Continue").click()

    def fetch(self, control: Locator) -> Download:
        """What a link or a button gives, be it after a password."""
        come: list[Download] = []
        self.page.once("download", lambda download: come.append(download))
        control.click()
        until(lambda: come or self.is_asked, lambda: self.page.wait_for_timeout(100))
        if not come:
            self.look()
            self.show_who_it_is()
            until(lambda: come, lambda: self.page.wait_for_timeout(100))
        return come[0]

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    # --- filling in

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        self.page.get_by_label(label).fill(text)

    def choose(self, label: str | re.Pattern[str]) -> None:
        self.page.get_by_label(label).first.check()

    def date(self, legend: str | re.Pattern[str], day: date) -> None:
        boxes = self.page.get_by_role("group", name=legend)
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label, exact=True).fill(str(number))

    def sign_in(self, email: str, password: str) -> None:
        self.password = password
        self.write("Email", email)
        self.page.locator("input[type=password]").fill(password)
        self.press("Sign in")

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()


def open_context(browser: Browser, **options: Any) -> BrowserContext:
    context = browser.new_context(
        locale="en-GB", timezone_id="Europe/London", accept_downloads=True, **options
    )
    context.set_default_timeout(20_000)
    return context
