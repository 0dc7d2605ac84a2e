"""What a form does not offer is not taken: others' rows in its own fields, and fields it has not.

Each form is read from its page and sent as it is, then with numbers of another board's rows in its
choices and hidden fields, then with every column that any table has. Whether one was taken is read
from the statements that write.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from scr_portal.core import clock
from tests.architecture.test_urls import patterns
from tests.matrix import test_urls as matrix
from tests.proof.frame import Claim
from tests.proof.security import worlds
from tests.proof.security.test_s01_urls import BY_SCRIPT

CLAIM = Claim(
    id="S3",
    says="A form takes what it offers, of the case it belongs to, and nothing else.",
    how="Every form and every address that saves while typing, as people who may fill it in: each "
    "choice and hidden number replaced by those of another board's case, and every column of every "
    "table sent along as a field. The statements that write are read for what was smuggled.",
    goal="0 accepted",
)
pytestmark = pytest.mark.timeout(3000)

WHO = ("unit", "lead", "chair", "liaison", "member", "panel")
FORGED, FORGED_NUMBER, FORGED_DAY = "Zforged9", 93_939_393, "1999-09-09"
# What a person typed and did not send yet is theirs alone; a refusal says what was asked for.
NOT_KEPT = ("drafts_draft", "accounts_session", '"cache"', "audit_", "guests_guestlink")
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


@dataclass
class Form:
    """As a browser would send it: ``fields`` filled in, ``choices`` those with a fixed set."""

    url: str
    fields: dict[str, list[str]]
    choices: dict[str, list[str]]
    by_script: bool = False


def make() -> worlds.Two:
    return worlds.make()


@pytest.fixture
def two(laid, quiet) -> worlds.Two:
    return laid


def forms_of(client: Client, url: str) -> list[Form]:
    response = matrix.ask(client, "get", url)
    text = b"".join(response)
    if response.status_code != 200 or b"<form" not in text:
        return []
    page = lxml.html.fromstring(text.decode())
    found = []
    for form in page.forms:
        if (form.method or "get").lower() != "post":
            continue
        action = form.get("action") or url
        saving = form.get("data-autosave-url")
        if "/sign-in/" in action or "sign-out" in action:
            continue
        found.append(_read(form, action))
        if saving is not None:
            found.append(_read(form, saving or action, by_script=True))
    return found


def _read(form: Any, url: str, *, by_script: bool = False) -> Form:
    fields: dict[str, list[str]] = {}
    choices: dict[str, list[str]] = {}
    for each in form.iter("input", "select", "textarea", "button"):
        name, kind = each.get("name"), each.get("type", each.tag)
        if not name or name == "csrfmiddlewaretoken":
            continue
        if each.tag == "select":
            offered = [one.get("value", "") for one in each.iter("option")]
            choices[name] = offered
            picked = [one.get("value", "") for one in each.iter("option") if one.get("selected")]
            fields[name] = [next((v for v in [*picked, *offered] if v), "")]
        elif kind in {"radio", "checkbox"}:
            choices.setdefault(name, []).append(each.get("value", "on"))
            fields.setdefault(name, [each.get("value", "on")])
        elif kind == "hidden":
            choices[name] = fields[name] = [each.get("value", "")]
        elif kind in {"submit", "button"}:
            fields.setdefault(name, [each.get("value", "")])
        elif kind != "file":
            fields[name] = [each.get("value") or (each.text or "").strip() or _filled(name, kind)]
    return Form(url, fields, choices, by_script)


def _filled(name: str, kind: str) -> str:
    day = clock.today() + timedelta(days=3)
    parts = {"_day": str(day.day), "_month": str(day.month), "_year": str(day.year)}
    for end, value in parts.items():
        if name.endswith(end):
            return value
    if kind == "email" or "email" in name:
        return "somebody@example.org"
    return "3" if kind == "number" else "https://example.org/" if kind == "url" else "Some words."


class Writing:
    """The values in every statement that writes, while a form is sent."""

    def __init__(self) -> None:
        self.values: set[str] = set()
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        text = sql.lstrip()
        if text.startswith(WRITES) and not any(table in text for table in NOT_KEPT):
            self.count += 1
            self.values |= set(_flat(params))
        return execute(sql, params, many, context)


def _flat(values: Any) -> Iterator[str]:
    if isinstance(values, dict):
        values = [*values.keys(), *values.values()]
    if isinstance(values, list | tuple | set):
        for each in values:
            yield from _flat(each)
    elif hasattr(values, "adapted"):
        yield from _flat(values.adapted)
    elif values is not None:
        yield str(values)


def send(client: Client, form: Form, fields: dict[str, list[str]]) -> tuple[Writing, int]:
    headers = BY_SCRIPT if form.by_script else {}
    writing = Writing()
    with connection.execute_wrapper(writing):
        response = matrix.ask(_Posting(client, fields, headers), "post", form.url)
    return writing, response.status_code


class _Posting:
    """A client whose ``post`` sends these fields, for ``matrix.ask`` undoes what it did."""

    def __init__(self, client: Client, fields: dict[str, list[str]], headers: Any) -> None:
        self.client, self.fields, self.headers = client, fields, headers

    @property
    def cookies(self) -> Any:
        return self.client.cookies

    @cookies.setter
    def cookies(self, value: Any) -> None:
        self.client.cookies = value

    def post(self, url: str) -> Any:
        return self.client.post(url, self.fields, **self.headers)


def columns(two: worlds.Two) -> dict[str, str]:
    """Every column that there is as a field, with a value that would be known again."""
    theirs, found = two.theirs, {}
    for table in apps.get_models():
        for field in table._meta.concrete_fields:
            found[field.name] = _forged(field, theirs)
            if field.remote_field:
                found[field.attname] = found[field.name]
    return {name: value for name, value in found.items() if value}


def _forged(field: Any, theirs: Any) -> str:
    if field.remote_field:
        of = field.related_model._meta.label
        known = {"reviews.Review": theirs.review.pk, "accounts.Board": theirs.cast.board.pk}
        return str(known.get(of, theirs.cast.unit.pk if of == "accounts.User" else FORGED_NUMBER))
    if isinstance(field, models.DateTimeField):
        return f"{FORGED_DAY} 09:09"
    if isinstance(field, models.DateField):
        return FORGED_DAY
    if isinstance(field, models.IntegerField):
        return str(FORGED_NUMBER)
    if isinstance(field, models.CharField | models.TextField):
        return FORGED
    return ""


def addresses() -> dict[str, list[str]]:
    rows = (matrix.REVIEW_TO, matrix.BOARD_TO)
    return {
        name: matrix.arguments(pattern, name)
        for name, pattern in patterns()
        if any(name in each for each in rows)
        or (name in matrix.OPEN_TO and name.split(":")[0] in {"reviews", "quality_markers"})
    }


def path(world: Any, name: str, wanted: list[str]) -> str:
    known = world.arguments | world.special.get(name, {})
    return reverse(name, kwargs={key: known.get(key, 1) for key in wanted})


def is_theirs(value: str) -> bool:
    if value.isdigit():
        return int(value) >= worlds.FIRST
    return "-" in value and len(value) == len(str(UUID(int=0)))


class Trial:
    def __init__(self, two: worlds.Two, sign_in: Any) -> None:
        self.two, self.forged = two, columns(two)
        self.ours = {who: sign_in(two.ours.people[who]) for who in WHO}
        self.theirs = {who: sign_in(two.theirs.people[who]) for who in WHO}
        self.sent = self.forms = self.taken = self.fields = 0
        for client in (*self.ours.values(), *self.theirs.values()):
            client.raise_request_exception = False
        self.accepted: list[str] = []
        self.broken: list[str] = []

    def at(self, name: str, wanted: list[str]) -> None:
        """The first two who are shown a form there."""
        tried = 0
        for who in WHO:
            forms = forms_of(self.ours[who], path(self.two.ours, name, wanted))
            if forms and tried < 2:
                tried += 1
                twins = forms_of(self.theirs[who], path(self.two.theirs, name, wanted))
                for number, form in enumerate(forms):
                    twin = twins[number] if number < len(twins) else None
                    self.one(f"{name} as {who}", self.ours[who], form, twin)

    def one(self, called: str, client: Client, form: Form, twin: Form | None) -> None:
        self.forms += 1
        writing, status = self.send(called, client, form, form.fields)
        self.taken += writing.count > 0 and status < 400
        for name in form.choices:
            offered = set(form.choices[name])
            foreign = [
                value
                for value in (twin.choices.get(name, []) if twin else [])
                if value not in offered and is_theirs(value)
            ]
            foreign += [str(self.two.theirs.review.pk)] if name == "review" else []
            for value in foreign[:2]:
                self.fields += 1
                attack = form.fields | {name: [value]}
                writing, _ = self.send(called, client, form, attack)
                if value in writing.values:
                    self.accepted.append(f"{called}: {name}={value}")
        self.with_more(called, client, form)

    def with_more(self, called: str, client: Client, form: Form) -> None:
        """All columns that the form does not show, at once."""
        shown = {part for name in form.fields for part in (name, name.rsplit("_", 1)[0])}
        more = {name: value for name, value in self.forged.items() if name not in shown}
        self.fields += len(more)
        fields = {name: [value] for name, value in more.items()} | form.fields
        writing, _ = self.send(called, client, form, fields)
        for value in {FORGED, str(FORGED_NUMBER), FORGED_DAY, str(self.two.theirs.cast.unit.pk)}:
            if any(value in each for each in writing.values):
                self.accepted.append(f"{called}: a field that is not there, {value}")

    def send(self, called: str, client: Client, form: Form, fields: Any) -> tuple[Writing, int]:
        self.sent += 1
        writing, status = send(client, form, fields)
        if status >= 500:
            self.broken.append(f"{called}: {status}")
        return writing, status


def test_a_form_takes_nothing_but_what_it_offers(two, sign_in, scale, claim):
    trial, share = Trial(two, sign_in), scale(45, 1)
    for name, wanted in addresses().items():
        if zlib.crc32(name.encode()) % share == 0:
            trial.at(name, wanted)
    print(*trial.accepted, *trial.broken, sep="\n")
    claim.measured(
        f"{len(trial.accepted)} accepted of {trial.fields:,} fields in {trial.sent:,} posts to "
        f"{trial.forms} forms, of which {trial.taken} took what was right",
        not trial.accepted and not trial.broken and trial.taken >= scale(1, 60),
    )
