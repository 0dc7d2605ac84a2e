import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browsing import Person, Watch, open_context
from tests.journeys.portal import Portal, serve, sign_in_of

SWITCHES = [
    "--no-sandbox",
    "--headless",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with serve(tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=SWITCHES, headless=True
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="package")
def signed_in() -> dict[str, Any]:
    """Cookies by person: a sign-in lasts for several journeys."""
    return {}


@pytest.fixture
def person(
    portal: Portal,
    chromium: Browser,
    watch: Watch,
    signed_in: dict[str, Any],
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[Callable[..., Person]]:
    """``person("Board chair")`` is signed in, ``person()`` is nobody yet."""
    people: list[Person] = []

    def comes(who: str = "", *, axe: bool = True, anew: bool = False, **options: Any) -> Person:
        kept = {} if anew or who not in signed_in else {"storage_state": signed_in[who]}
        context = open_context(chromium, **kept, **options)
        people.append(found := Person(context, portal.address, watch, axe))
        if who and not kept:
            found.goto("/")
            found.sign_in(*sign_in_of(who))
            signed_in[who] = context.storage_state()
        elif who:
            found.password = sign_in_of(who)[1]
        return found

    yield comes
    for number, one in enumerate(people):
        if getattr(request.node, "failed", False):
            _picture(one, tmp_path / f"{number}.png")
        one.context.close()
    assert not (found := watch.taken()), "\n\n".join(found)


def _picture(one: Person, path: Path) -> None:
    for number, page in enumerate(one.context.pages):
        shot = path.with_stem(f"{path.stem}-{number}")
        page.screenshot(path=shot, full_page=True)
        print(f"{page.url} as it was: {shot}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report
