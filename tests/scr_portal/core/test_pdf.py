import gc
import io
import subprocess
import sys

import pikepdf
import pypdf
import pytest

from scr_portal.core import pdf

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A title</title>
<link rel="stylesheet" href="static:print/document.css">{head}</head><body>{body}</body></html>"""


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def made(body: str = "<h1>Head</h1><p>Words</p>", head: str = "") -> bytes:
    return pdf.render(PAGE.format(head=head, body=body))


def test_it_is_tagged_named_and_in_english():
    with pikepdf.open(io.BytesIO(made())) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" in document.Root
        assert str(document.docinfo.Title) == "A title"
        assert document.open_metadata()["pdfuaid:part"] == "1"
        fonts = [
            font.DescendantFonts[0].FontDescriptor
            for page in document.pages
            for font in page.Resources.Font.values()
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_the_same_page_gives_the_same_bytes():
    assert made() == made()


def test_nothing_is_collected_meanwhile_and_all_is_afterwards():
    seen = []

    def tell(share):
        seen.append(gc.isenabled())
        if len(seen) > 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        pdf.render(PAGE.format(head="", body="<p>Words"), tell=tell)
    assert seen == [False, False]
    assert gc.isenabled()


@pytest.mark.parametrize(
    "asked",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="/etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:1/style.css">',
        '<link rel="stylesheet" href="ftp://127.0.0.1/style.css">',
        '<link rel="stylesheet" href="static:../scr_portal/settings.py">',
        '<link rel="stylesheet" href="static:print/../../manage.py">',
        '<link rel="stylesheet" href="static:/etc/passwd">',
        '<link rel="stylesheet" href="static:css/portal.css">',
        '<link rel="stylesheet" href="static:print/missing.css">',
        "<style>@import url(file:///etc/passwd);</style>",
        '<style>@font-face { font-family: X; src: url("file:///etc/passwd") }</style>',
        '<style>body { background: url("file:///etc/passwd") }</style>',
        '<base href="file:///etc/"><link rel="stylesheet" href="passwd">',
        '<img src="file:///etc/passwd">',
        '<object data="file:///etc/passwd"></object>',
        '<svg><image href="file:///etc/passwd"/></svg>',
    ],
)
def test_a_page_that_asks_for_anything_else_is_not_made(asked):
    try:
        content = made(head=asked, body=f"<p>Words</p>{asked}")
    except pdf.Forbidden:
        return
    assert b"root:" not in content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.attachments
        assert "root:" not in text_of(content)
    assert "image href" in asked or asked.startswith('<link rel="stylesheet" href="/')


def test_the_worst_that_was_found_is_refused():
    with pytest.raises(pdf.Forbidden):
        made(head='<link rel="attachment" href="file:///etc/passwd">')
    with pytest.raises(pdf.Forbidden):
        made(body='<img src="http://127.0.0.1:1/a.png">')


def test_data_is_allowed():
    made(head='<link rel="stylesheet" href="data:text/css,p%20%7Bcolor:red%7D">')


def test_text_keeps_all_that_a_pdf_can_carry():
    assert pdf.carriable("a\x00b\x1b[1m\x7f\x9f\ufffe\ud800\U0001ffff") == "ab[1m"
    assert pdf.carriable("a\r\nb\rc\x0bd\x85e\u2028f\u2029g") == "a\nb\nc\nd\ne\nf\n\ng"
    kept = "tab\there, \u200bzero\u200d, \u00ad, \u202eright\u202c, 👩‍👧, عربى, \ufeff"
    assert pdf.carriable(kept) == kept


def test_our_fonts_draw_the_scripts_of_the_people_we_serve():
    words = "Łódź Ștefan Київ Αθήνα العربية עברית বাংলা ਪੰਜਾਬੀ ગુજરાતી हिन्दी தமிழ் 😀 ✓"
    with pikepdf.open(io.BytesIO(made(body=f"<p>{words}</p>"))) as document:
        names = {
            str(font.BaseFont).partition("+")[2]
            for page in document.pages
            for font in page.Resources.Font.values()
        }
    assert all(name.startswith(("Noto-", "Source-Sans-3")) for name in names), names
    assert len(names) == 9


def test_progress_rises_and_what_it_raises_ends_the_rendering():
    shares: list[float] = []
    body = "<p style='break-after: page'>Words</p>" * 8
    pdf.render(PAGE.format(head="", body=body), tell=shares.append, pages=8)
    assert shares == sorted(shares)
    assert len(set(shares)) > 5
    assert shares[-1] <= 1

    def stop(share: float) -> None:
        raise KeyError("stop")

    with pytest.raises(KeyError):
        pdf.render(PAGE.format(head="", body=body), tell=stop, pages=8)


def test_a_machine_without_pango_is_told_the_one_line():
    program = """
import sys
class Bare:
    def find_spec(self, name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Bare())
from scr_portal.core import pdf
try:
    pdf.render("<p>")
except pdf.PangoMissing as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "apt-get install -y libpango-1.0-0" in done.stdout, done.stderr
