"""Every answer has the headers: pages, errors, redirects, static files, downloads."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from scr_portal.headers import HEADERS
from tests import builders

TLS = {"SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31_536_000}


@pytest.fixture
def review(cast):
    return builders.a_review(cast)


def _lacks(response) -> set[str]:
    return {name for name in HEADERS if not response.headers.get(name)}


def test_pages_errors_and_redirects(cast, review, settings):
    client = Client(raise_request_exception=False)
    client.force_login(cast.unit)
    answers = {
        "page": client.get(review.get_absolute_url()),
        "not there": client.get("/no-such-page"),
        "not allowed": client.put(reverse("health")),
        "redirect": Client().get(reverse("home")),
        "without a token": Client(enforce_csrf_checks=True).post(reverse("account_login")),
        "another host": client.get("/", headers={"host": "evil.example"}),
        "health": client.get(reverse("health")),
        "download": client.get(reverse("reviews:purpose_file", args=[review.pk, "docx"])),
    }
    assert {name: _lacks(each) for name, each in answers.items() if _lacks(each)} == {}
    assert answers["another host"].status_code == 400
    assert answers["page"].status_code == 200
    assert "script-src 'self'" in answers["page"].headers["Content-Security-Policy"]


def test_an_error_of_ours(cast, review, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("said by a test")

    monkeypatch.setattr("reviews.case.views.front.render", broken)
    client = Client(raise_request_exception=False)
    client.force_login(cast.unit)
    answer = client.get(reverse("home"))
    assert answer.status_code == 500 and not _lacks(answer)


def test_static_files(tmp_path, db):
    (tmp_path / "a.css").write_text("a {}")
    with override_settings(STATIC_ROOT=str(tmp_path), WHITENOISE_AUTOREFRESH=False):
        answer = Client().get("/static/a.css")
        assert answer.status_code == 200 and not _lacks(answer)
        answer.close()


def test_over_tls_the_browser_never_comes_back_in_the_clear(db):
    with override_settings(**TLS):
        plain, safe = Client().get("/"), Client().get("/", secure=True)
    assert plain.status_code == 301 and plain.url.startswith("https://")
    assert safe.headers["Strict-Transport-Security"].startswith("max-age=31536000")
