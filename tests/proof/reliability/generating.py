"""Input that nobody would type: for each field of a form, for addresses, queries and JSON."""

import json
import random
from html.parser import HTMLParser
from typing import Any

TEXTS = [
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "9" * 40,
    "NaN",
    "\x00",
    "a\x00b",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\u202etxt.exe",
    "é" * 300,
    "x" * 20_000,
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "%s %d %(x)s {0} {}",
    "../../etc/passwd",
    "2026-02-30",
    "31/02/2026",
    "0000-00-00",
    "99999-01-01",
    "12:61",
    "\r\nBcc: a@example.org",
    "on",
    "true",
    "null",
    "[]",
    '{"a": [1, {"b": null}]}',
    "a@example.org",
    "00000000-0000-0000-0000-000000000000",
    "12.4",
    "١٢٣",
    "²",
]
NUMBERS = [0, 1, 2, 999_999, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**25]


class _Forms(HTMLParser):
    """The fields of every form that posts: name, and the values that the page offers."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._open = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = said.get("method", "").lower() == "post"
            if self._open:
                self.forms.append((said.get("action", ""), {}))
        elif not self._open:
            return
        elif tag in {"input", "textarea", "select", "button"} and said.get("name"):
            offered = self.forms[-1][1].setdefault(said["name"], [])
            offered += [said["value"]] if "value" in said else []
            self._select = said["name"] if tag == "select" else self._select
        elif tag == "option" and self._select:
            self.forms[-1][1][self._select].append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        if tag == "select":
            self._select = ""


def forms_in(page: str) -> list[tuple[str, dict[str, list[str]]]]:
    """Address as written, and the fields, of each form that posts."""
    parser = _Forms()
    parser.feed(page)
    return parser.forms


def filled(fields: dict[str, list[str]], draw: random.Random) -> dict[str, Any]:
    """Mostly what the page offers, so that some of it comes past the first refusal."""
    data: dict[str, Any] = {}
    for name, offered in fields.items():
        how = draw.random()
        if offered and how < 0.5:
            data[name] = draw.choice(offered)
        elif how < 0.9:
            data[name] = draw.choice(TEXTS)
        elif how < 0.95:
            data[name] = [draw.choice([*TEXTS, *offered]) for _ in range(3)]
    if draw.random() < 0.1:
        data[draw.choice(["version", "pk", "id", "user", "board", "review"])] = draw.choice(TEXTS)
    return data


def query(draw: random.Random) -> dict[str, Any]:
    names = ["q", "page", "open", "sort", "board", "stage", "next", "compare", "from", "to", "of"]
    return {name: draw.choice(TEXTS) for name in draw.sample(names, draw.randint(0, 3))}


def some_json(draw: random.Random, depth: int = 0) -> Any:
    kind = draw.randint(0, 6 if depth < 3 else 4)
    if kind == 5:
        return [some_json(draw, depth + 1) for _ in range(draw.randint(0, 3))]
    if kind == 6:
        names = ["key", "fields", "version", "narrative", "text", "part", "answers", "0", ""]
        chosen = draw.sample(names, draw.randint(0, 4))
        return {name: some_json(draw, depth + 1) for name in chosen}
    return draw.choice([None, True, draw.choice(NUMBERS), -1.5, *draw.sample(TEXTS, 3)])


def body(draw: random.Random) -> bytes:
    """JSON, and sometimes what only says so."""
    if draw.random() < 0.2:
        return draw.choice([b"", b"{", b"\xff\xfe", b"[1,", b'"\\ud800"', b"1e999", b"[" * 5_000])
    return json.dumps(some_json(draw)).encode("utf-8", "replace")


def argument(name: str, known: Any, draw: random.Random) -> Any:
    """Of an address: as it is known, or a number that no table counts to."""
    if isinstance(known, int) and draw.random() < 0.3:
        return draw.choice(NUMBERS)
    return known
