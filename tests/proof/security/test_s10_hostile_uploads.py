"""Files as attackers make them, and as offices make them, through the page where people upload."""

import io
import re
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl.comments import Comment
from PIL import Image

from reviews.documents.models import Document
from reviews.permissions import Permission
from scr_portal.core import pdf
from scr_portal.documents import operations
from scr_portal.documents.models import StoredFile
from tests.builders import a_review
from tests.proof.frame import Claim
from tests.scr_portal.documents import files, hostile

CLAIM = Claim(
    id="S10",
    says="A file that could do harm stays outside, and one that an office works with comes in",
    how="Each is sent through the upload page; what is let in must be kept whole, be downloaded as "
    "a copy, and carry a name that can be seen; nothing of a refused one may lie on the disk",
    goal="0 wrong either way, of 80 hostile files and 30 good ones",
)

# What a browser or an attacker may say a file is called, and what is kept of it.
NAMES = {
    "../../../etc/cron.d/minutes.docx": "minutes.docx",
    "..\\..\\Windows\\minutes.docx": "minutes.docx",
    "/srv/documents/minutes.docx": "minutes.docx",
    "minutes\u202excod.docx": "minutesxcod.docx",
    "\u2066minutes\u2069.docx": "minutes.docx",
    "min\u200butes.docx": "minutes.docx",
    "minutes<script>.docx": "minutes_script_.docx",
    "minutes?*|.docx": "minutes___.docx",
    f"{'m' * 400}.docx": f"{'m' * 145}.docx",
}


def saved(made: Any, *args: Any, **said: Any) -> bytes:
    held = io.BytesIO()
    made.save(held, *args, **said)
    return held.getvalue()


def report() -> bytes:
    made = docx.Document()
    made.core_properties.author = "Una Invented"
    made.add_heading("Report", 1)
    made.add_paragraph("What the panel read", style="List Bullet")
    made.add_table(2, 2).cell(0, 0).text = "Cell"
    made.add_comment(made.paragraphs[1].runs, text="Is it so?", author="Una Invented")
    made.add_picture(io.BytesIO(photograph("JPEG")))
    return saved(made)


def costs() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Cost", 1, 2, "=B1+C1"])
    book.active["A1"].comment = Comment("Sure?", "Una Invented")
    book.create_sheet("Hidden").sheet_state = "hidden"
    return saved(book)


def photograph(kind: str, **said: Any) -> bytes:
    picture = Image.new("RGB", (640, 480), "green")
    exif = picture.getexif()
    exif[0x0112], exif[0x0110] = 6, "A telephone"
    return saved(picture, kind, exif=exif, **said)


def a_form(made: pikepdf.Pdf) -> None:
    """As agencies are sent: its fields add up by a script, which copies do without."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="AFNumber_Format(2)")
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T="Costs",
        Rect=[0, 0, 99, 9],
        AA=pikepdf.Dictionary(F=script),
    )
    made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(field)])
    made.Root.AcroForm = pikepdf.Dictionary(Fields=list(made.pages[0].obj.Annots))


def a_link(made: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/")
    made.pages[0].obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=link)]
    )


MADE = {
    "report.docx": report,
    "costs.xlsx": costs,
    "telephone.jpg": lambda: photograph("JPEG"),
    "progressive.jpg": lambda: photograph("JPEG", progressive=True),
    "picture.png": lambda: photograph("PNG"),
    "printed.pdf": lambda: pdf.render("<html lang=en><title>A</title><h1>Printed</h1>"),
    "form.pdf": lambda: hostile.changed(a_form),
    "linked.pdf": lambda: hostile.changed(a_link),
    "not-to-be-printed.pdf": lambda: hostile.changed(
        lambda made: None, encryption=pikepdf.Encryption(user="", owner="board")
    ),
    "telephones.csv": lambda: (
        b'name;telephone;change\r\nA;+44 20 7946 0000;-5\r\n="007";=;- no\r\n'
    ),
}


class Desk:
    """A lead reviewer at the upload page."""

    def __init__(self, client: Any, review: Any, folder: Any) -> None:
        self.client, self.folder, self.sent = client, folder, 0
        self.review, self.page = review, reverse("reviews:document_new", args=[review.pk])

    def send(self, content: bytes, name: str) -> Any:
        self.sent += 1
        said = {"kind": "other", "permission": Permission.READ_DOCUMENTS, "marking": "sensitive"}
        file = SimpleUploadedFile("x", content)
        file._name = name  # as it is said, which Django's own would clean already
        return self.client.post(
            self.page,
            said | {"token": str(self.sent), "file": file},
            headers={"accept": "application/json"},
        )

    def lying(self) -> int:
        return sum(path.is_file() for path in self.folder.rglob("*"))


@pytest.fixture
def desk(settings, tmp_path, cast, sign_in) -> Desk:
    folder = tmp_path / "documents"
    disk = settings.STORAGES["documents"] | {"OPTIONS": {"location": str(folder)}}
    settings.STORAGES = settings.STORAGES | {"documents": disk}
    settings.FILE_UPLOAD_TEMP_DIR = folder / "uploads"
    review = a_review(cast)
    cast.on(review)
    return Desk(sign_in(cast.lead), review, folder)


def wrongly_let_in(desk: Desk) -> list[str]:
    wrong = []
    for case, (name, content, _sentence) in hostile.HOSTILE.items():
        answer = desk.send(content, name)
        if answer.status_code != 400 or not answer.json()["errors"]:
            wrong.append(case)
    if StoredFile.objects.exists() or desk.lying():
        wrong.append("something is kept of what was refused")
    return wrong


def wrongly_named(desk: Desk) -> list[str]:
    wrong = []
    for name, kept in NAMES.items():
        answer = desk.send(files.docx(name), name)
        stored = StoredFile.objects.order_by("-uploaded_at").first()
        is_whole = stored and re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{40}", stored.name)
        if answer.status_code != 200 or not is_whole or stored.original_name != kept:
            wrong.append(f"{name!r} is kept as {stored and stored.original_name!r}")
    return wrong


def wrongly_refused(desk: Desk, good: dict[str, bytes], most_downloads: int) -> list[str]:
    wrong = []
    for number, (name, content) in enumerate(good.items()):
        answer = desk.send(content, name.partition("/")[2] or name)
        if answer.status_code != 200:
            wrong.append(f"{name}: {answer.json()}")
            continue
        document = Document.objects.order_by("-pk").with_versions()[0]
        with operations.opened(document.newest.file) as kept:
            if kept.read() != content:
                wrong.append(f"{name} is not kept whole")
        if number < most_downloads and not _goes_out(desk, document):
            wrong.append(f"{name} cannot be downloaded")
    return wrong


def _goes_out(desk: Desk, document: Document) -> bool:
    address = reverse("reviews:document_download", args=[desk.review.pk, document.pk, 1])
    answer = desk.client.get(address)
    return answer.status_code == 200 and bool(b"".join(answer.streaming_content))


def test_what_may_do_harm_stays_outside_and_the_rest_comes_in(desk, claim, scale):
    good = {f"{number}/{name}": content for number, (name, content, _) in enumerate(hostile.GOOD)}
    good |= {name: make() for name, make in MADE.items()}
    harmful = len(hostile.HOSTILE) + len(NAMES)
    assert harmful >= 80
    assert len(good) >= 30
    let_in = wrongly_let_in(desk) + wrongly_named(desk)
    refused = wrongly_refused(desk, good, scale(quick=4, whole=len(good)))
    claim.measured(
        figure=f"{len(let_in)} of {harmful} hostile files let in or named wrongly, {len(refused)} "
        f"of {len(good)} good ones refused, changed or not given out"
        + "".join(f"; {each}" for each in (let_in + refused)[:5]),
        holds=not let_in and not refused,
    )
