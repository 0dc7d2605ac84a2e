"""A passkey in real Chromium, which plays the authenticator too."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright

from scr_portal.accounts.models import User
from tests.cast import PASSWORD

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def browser_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-background-networking"],
        )
        page = browser.new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page
        browser.close()


@pytest.fixture(autouse=True)
def plain_static_files(settings) -> None:
    """The live server has the files, not the hashed names that collectstatic gives them."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}


@pytest.fixture
def user(transactional_db) -> User:
    return User.objects.create_user("keys@example.org", PASSWORD, name="Key Holder")


def enter(page: Page, address: str, user: User) -> None:
    page.goto(address + reverse("account_login"))
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_added_and_then_asked_for(live_server, browser_page, user):
    page, address = browser_page, live_server.url
    enter(page, address, user)
    page.goto(address + reverse("mfa_add_webauthn"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button").last.click()
    page.wait_for_url("**" + reverse("mfa_add_webauthn"))
    if (name := page.get_by_label("Name")).count():
        name.fill("My laptop")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: reverse("mfa_add_webauthn") not in url)
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1

    page.context.clear_cookies()
    enter(page, address, user)
    page.wait_for_url("**" + reverse("mfa_authenticate"))
    page.goto(address + reverse("accounts:profile"))
    assert not page.get_by_role("heading", name="Your profile").count()
    assert urlsplit(page.url).path == reverse("mfa_authenticate")
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(lambda url: reverse("mfa_authenticate") not in url)
    page.goto(address + reverse("accounts:profile"))
    assert page.get_by_role("heading", name="Your profile").is_visible()
