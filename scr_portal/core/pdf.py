"""Tagged PDF (PDF/UA-1) from HTML of ours: the only import of WeasyPrint.

The page may ask for nothing but ``data:`` and our own files, as ``static:print/document.css``.
Whatever else it asks for stops the rendering, so that no document leaves with something missing
or, worse, with a file of the server in it.
"""

import gc
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import PurePosixPath
from types import ModuleType
from typing import Any

from django.conf import settings

OWN_SCHEME = "static:"
OWN_FOLDERS = ("print", "fonts")
INSTALL = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# What no font draws and no PDF string carries: controls, halves of pairs, non-characters.
_NEVER = "".join(
    chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)
)
_UNCARRIED = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_NEVER}]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")

# Shares of the time of a rendering: laying the pages out, then drawing them.
_LAID_OUT = 0.75
_STEP = re.compile(r"Step (\d)(?:.*Page (\d+))?")

Tell = Callable[[float], None]


class PangoMissing(RuntimeError):
    """The system library that draws letters is not installed."""


class Forbidden(ValueError):
    """The page asked for something that is neither data: nor one of our files."""


def carriable(text: str) -> str:
    """The text as a PDF can carry it: every line end is ``\\n`` and control characters are gone."""
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    return _UNCARRIED.sub("", text)


def render(html: str, *, tell: Tell | None = None, pages: int = 1) -> bytes:
    """The same bytes for the same page on the same machine; its own date is in its own metadata.

    ``tell`` hears of the share that is done, from 0 to 1, at least once a page; what it raises
    ends the rendering. ``pages`` is a guess at how many there will be. Raises PangoMissing, and
    Forbidden where the page asks for what it may not have.
    """
    weasyprint = _weasyprint()
    try:
        with _Steps(tell, pages), _uncollected():
            document = weasyprint.HTML(
                string=html, base_url=OWN_SCHEME, url_fetcher=_fetcher_class()(), media_type="print"
            )
            return document.write_pdf(
                pdf_variant="pdf/ua-1",
                pdf_identifier=sha256(html.encode()).hexdigest()[:32].encode(),
            )
    except weasyprint.urls.FatalURLFetchingError as error:
        raise Forbidden(str(error)) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nearly all boxes of all pages are in use to the end.

    Python's collector looked at them again and again, for a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load() -> None:
    """Raises PangoMissing."""
    _weasyprint()


@cache
def _weasyprint() -> ModuleType:
    # Its steps are for _Steps, not for the log.
    logging.getLogger("weasyprint.progress").setLevel(logging.INFO)
    logging.getLogger("weasyprint.progress").propagate = False
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    try:
        import weasyprint
    except OSError as error:
        raise PangoMissing(f"PDF needs Pango, which is not installed. Run: {INSTALL}") from error
    return weasyprint


def own_file(url: str) -> bytes:
    """A file under static/print or static/fonts; raises Forbidden for any other."""
    path = PurePosixPath(url.removeprefix(OWN_SCHEME))
    found = (settings.BASE_DIR / "static" / path).resolve()
    folders = [(settings.BASE_DIR / "static" / folder).resolve() for folder in OWN_FOLDERS]
    if not any(found.is_relative_to(folder) for folder in folders) or not found.is_file():
        raise Forbidden(url)
    return found.read_bytes()


@cache
def _fetcher_class() -> Any:
    urls = _weasyprint().urls

    class OwnFilesAndData(urls.URLFetcher):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__(
                allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True
            )

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(OWN_SCHEME):
                return super().fetch(url, headers)
            kind = guess_type(url)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, own_file(url), {"Content-Type": kind})

    return OwnFilesAndData


class _Steps(logging.Handler):
    """WeasyPrint tells of its steps through a logger; other threads' steps are not ours."""

    def __init__(self, tell: Tell | None, pages: int) -> None:
        super().__init__()
        self.tell, self.pages, self.share = tell, max(pages, 1), 0.0
        self.thread = threading.get_ident()

    def __enter__(self) -> "_Steps":
        logging.getLogger("weasyprint.progress").addHandler(self)
        return self

    def __exit__(self, *raised: object) -> None:
        logging.getLogger("weasyprint.progress").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        step = _STEP.match(record.getMessage())
        if self.tell is None or step is None or record.thread != self.thread:
            return
        if int(step[1]) > 5:
            self.share = max(self.share, _LAID_OUT)
        elif step[2]:
            self.share = max(self.share, _LAID_OUT * min(int(step[2]) / self.pages, 1))
        self.tell(self.share)
