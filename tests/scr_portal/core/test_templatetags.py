"""The tags, and each component drawn once with all that it can show and once with nothing."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from scr_portal.core.forms import Form
from scr_portal.core.reasons import Reason, Refused
from scr_portal.core.templatetags import portal

HOSTILE = "<script>alert(1)</script>"
SUMMER_NIGHT = datetime(2026, 6, 30, 23, 5, tzinfo=UTC)


def component(name, **context):
    return render_to_string(f"components/{name}.html", context)


def test_days_and_times_are_londons():
    assert portal.day(date(2026, 3, 3)) == "3 March 2026"
    assert portal.day(SUMMER_NIGHT) == "1 July 2026"
    assert portal.clock(SUMMER_NIGHT) == "00:05"
    assert portal.moment(SUMMER_NIGHT) == "1 July 2026 at 00:05"


@pytest.mark.parametrize("name", ["day", "clock", "moment", "days_words"])
def test_no_date_is_no_words(name):
    assert getattr(portal, name)(None) == ""


@time_machine.travel("2026-03-02 12:00:00+00:00", tick=False)
def test_days_left_in_words():
    assert portal.days_words(date(2026, 3, 5)) == "3 working days left"
    assert portal.days_words(date(2026, 3, 5), [date(2026, 3, 3)]) == "2 working days left"
    assert portal.over(date(2026, 3, 1))
    assert not portal.over(date(2026, 3, 2))
    assert not portal.over(None)


def test_cells_say_dates_our_way_and_leave_the_rest():
    assert portal.said(date(2026, 3, 3)) == "3 March 2026"
    assert portal.said(SUMMER_NIGHT) == "1 July 2026 at 00:05"
    assert portal.said("SCR-2026-014") == "SCR-2026-014"


def test_leave_is_asked_of_the_user():
    page = Template('{% load portal %}{% can user "reviews.edit" as may %}{{ may }}')
    assert page.render(Context({"user": AnonymousUser()})) == "False"


def test_a_page_link_keeps_the_filters():
    request = RequestFactory().get("/reviews/?stage=drafting&page=1")
    html = component("pagination", page=Paginator(range(400), 20).page(7), request=request)
    assert 'href="?stage=drafting&amp;page=8"' in html
    assert 'aria-current="page"' in html
    assert "⋯" in html


def test_one_page_has_no_pagination():
    assert component("pagination", page=Paginator([1], 20).page(1)).strip() == ""


def test_reasons_of_a_refusal_keep_their_link_in_the_summary():
    class Any(Form):
        name = forms.CharField()

    form = Any({"name": "x"})
    form.is_valid()
    refused = Refused([Reason(HOSTILE, "/mend", "Mend it"), "And this"])
    form.add_error(None, refused.as_error())
    html = component("error_summary", form=form)
    assert '<a href="/mend">Mend it</a>' in html
    assert "And this" in html
    assert "<script" not in html


def test_an_error_of_a_hidden_field_is_said_without_a_link():
    class Hidden(Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

    html = component("error_summary", form=Hidden({}))
    assert "Enter version" in html
    assert "href" not in html


def test_stages_are_said_in_words_too():
    html = component(
        "stage_strip",
        stages=[
            {"label": "Referred", "state": "done", "date": date(2026, 3, 3)},
            {"label": "Considering", "state": "current"},
            {"label": "Decided", "state": ""},
        ],
    )
    assert "3 March 2026" in html
    assert html.count('aria-current="step"') == 1
    assert "not reached" in html


def test_a_task_that_cannot_start_is_no_link():
    html = component("task_list", tasks=[{"label": "Send", "hint": "Answer question 3 first"}])
    assert "<a" not in html
    assert "Cannot start yet" in html


def test_no_blocker_draws_nothing():
    assert component("blockers", reasons=[]).strip() == ""
    html = component("blockers", reasons=[Reason("No lead reviewer", "/people", "Appoint one")])
    assert "Before this can move on" in html
    assert 'href="/people"' in html


def test_a_message_that_went_well_is_green_and_announced():
    html = component("notification_banner", text="Saved", success="success")
    assert 'role="alert"' in html
    assert 'role="region"' in component("notification_banner", text="Note")


def test_a_table_scrolls_in_a_named_region_and_says_when_it_is_empty():
    html = component(
        "table_region", caption="Reviews", columns=["Reference"], rows=[], empty="None"
    )
    assert 'role="region" tabindex="0" aria-labelledby="table-caption"' in html
    assert "None" in html


FULL: dict[str, dict[str, object]] = {
    "back_link": {"url": "/"},
    "blockers": {"reasons": [Reason(HOSTILE, "/x")]},
    "breadcrumbs": {"crumbs": [{"label": HOSTILE, "url": "/"}]},
    "confirm_panel": {"title": HOSTILE, "text": HOSTILE, "next": [HOSTILE]},
    "empty_state": {"title": HOSTILE, "text": HOSTILE, "url": "/", "link_text": HOSTILE},
    "filter_chips": {"chips": [{"label": HOSTILE, "url": "/", "active": True, "count": 3}]},
    "identity_bar": {
        "reference": "SCR-2026-014",
        "pseudonym": HOSTILE,
        "stage": "Under way",
        "marking": "Official",
        "paused": True,
        "url": "/",
        "board": HOSTILE,
    },
    "notification_banner": {"text": HOSTILE, "url": "/", "link_text": HOSTILE},
    "progress": {"label": HOSTILE, "percent": 40, "text": HOSTILE, "url": "/state"},
    "stage_strip": {"stages": [{"label": HOSTILE, "state": "done"}]},
    "sub_navigation": {"items": [{"label": HOSTILE, "url": "/", "active": True}]},
    "summary_list": {"rows": [{"key": HOSTILE, "value": HOSTILE, "url": "/", "lines": True}]},
    "table_region": {
        "caption": HOSTILE,
        "columns": [HOSTILE, {"label": HOSTILE, "numeric": True}],
        "rows": [[{"text": HOSTILE, "url": "/", "note": HOSTILE}, {"tag": HOSTILE}, HOSTILE, 0]],
    },
    "tag": {"text": HOSTILE, "colour": "yellow"},
    "task_list": {"tasks": [{"label": HOSTILE, "url": "/", "status": HOSTILE, "colour": "grey"}]},
    "timeline": {"events": [{"sentence": HOSTILE, "at": SUMMER_NIGHT, "detail": HOSTILE}]},
    "warning_text": {"text": HOSTILE},
    "worklist": {
        "needs": [{"text": HOSTILE, "url": "/", "note": HOSTILE, "when": "over", "over": True}]
    },
}


@pytest.mark.parametrize("name", FULL)
def test_style_guide(name):
    html = component(name, **FULL[name])
    assert html.strip()
    assert "<script" not in html
    assert " style=" not in html
    component(name)


def test_every_component_says_what_it_wants():
    folder = Path(settings.BASE_DIR) / "templates" / "components"
    silent = [
        p.name for p in folder.glob("*.html") if not p.read_text().startswith("{% comment %}")
    ]
    assert silent == []


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
def test_error_pages_need_no_request_and_no_database(name):
    html = render_to_string(f"{name}.html", {"request_id": "A1B2C3D4"})
    assert "<h1" in html
    assert ("A1B2C3D4" in html) == (name != "404")


def test_a_page_with_errors_says_so_in_its_title():
    class Any(Form):
        name = forms.CharField()

    html = render_to_string("base.html", {"form": Any({})})
    assert "<title>Error: " in html
    assert 'href="#id_name"' in html
    assert "<title>Error: " not in render_to_string("base.html", {"form": Any()})
