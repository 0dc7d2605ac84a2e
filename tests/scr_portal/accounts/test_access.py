"""Every page says who may open it, and says no like a page that does not exist."""

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from tests.scr_portal.accounts import pages

OURS = ("accounts", "drafts")
MARKS = {"public", "signed in", "administrator", "accounts.manage_people"}


def patterns(resolver, inside=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield inside, entry
        else:
            yield from patterns(entry, getattr(entry, "namespace", None) or inside)


def ours():
    for namespace, pattern in patterns(get_resolver()):
        name = pattern.name or ""
        if namespace in OURS or (not namespace and name.startswith(("account_", "mfa_"))):
            yield namespace, pattern


@pytest.mark.parametrize("namespace,pattern", list(ours()), ids=lambda value: str(value))
def test_every_view_says_who_may_open_it(namespace, pattern):
    assert getattr(pattern.callback, "access", None) in MARKS


def test_allauth_offers_only_what_we_list():
    names = {pattern.name for _namespace, pattern in ours() if _namespace == ""}
    assert "account_email" not in names
    assert not any("login_code" in name or "trust" in name for name in names)


@pytest.mark.parametrize("who", ["unit", "chair", "administrator"])
def test_board_pages_open_for_those_who_manage_people(cast, sign_in, who):
    client = sign_in(cast.people[who])
    for url in pages.readable(cast):
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize(
    "who", ["member", "auditor", "lead", "panel", "stranger", "outsider", "other_chair"]
)
def test_board_pages_do_not_exist_for_others(cast, sign_in, who):
    client = sign_in(cast.people[who])
    missing = client.get(reverse("accounts:people", args=["no-such-board"]))
    assert missing.status_code == 404
    for url in pages.readable(cast):
        answer = client.get(url)
        assert (answer.status_code, answer.content) == (404, missing.content), url
    for url in pages.acts(cast):
        answer = client.post(url, {})
        assert (answer.status_code, answer.content) == (404, missing.content), url


def test_board_pages_ask_strangers_to_sign_in(cast, visitor):
    for url in [*pages.readable(cast), reverse("accounts:profile"), reverse("accounts:boards")]:
        answer = visitor().get(url)
        assert answer.status_code == 302, url
        assert answer.url.startswith(reverse("account_login")), url


def test_only_administrators_see_the_list_of_boards(cast, sign_in):
    url = reverse("accounts:boards")
    assert sign_in(cast.administrator).get(url).status_code == 200
    for who in ("unit", "chair", "stranger"):
        assert sign_in(cast.people[who]).get(url).status_code == 404


def test_people_of_another_board_are_not_found(cast, sign_in):
    client = sign_in(cast.unit)
    page = client.get(reverse("accounts:people", args=[cast.board.slug])).content.decode()
    assert cast.member.name in page
    assert cast.outsider.name not in page
    assert cast.stranger.name not in page
    for person in (cast.outsider, cast.stranger):
        url = reverse("accounts:person", args=[cast.board.slug, person.pk])
        assert client.get(url).status_code == 404


def test_rows_of_another_board_cannot_be_reached_through_ones_own(cast, sign_in):
    client = sign_in(cast.outsider)
    slug = cast.other_board.slug
    role = cast.member.board_roles.get()
    closure = cast.board.closures.create(date="2026-12-24", name="Christmas")
    for url in (
        reverse("accounts:end_role", args=[slug, role.pk]),
        reverse("accounts:agency", args=[slug, cast.agency.pk]),
        reverse("accounts:remove_closure", args=[slug, closure.pk]),
        reverse("accounts:close_account", args=[slug, cast.member.pk]),
    ):
        assert client.post(url, {"name": "x"}).status_code == 404, url
    assert cast.board.closures.count() == 1
