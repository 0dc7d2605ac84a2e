"""Makes PDFs of a pass and says what it took: python -m bench.paper PASS both|two|peak."""

import json
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from statistics import median
from typing import Any

import django
import psutil

django.setup()

from bench import web  # noqa: E402
from bench.people import as_portal  # noqa: E402
from quality_markers.assessments.models import Pass  # noqa: E402
from quality_markers.exports import layout  # noqa: E402
from quality_markers.exports.content import Wish  # noqa: E402
from scr_portal import forking  # noqa: E402
from scr_portal.core import clock, pdf  # noqa: E402

PAIRS = 6


def main(number: str, what: str) -> dict[str, Any]:
    wish = _wish(number)

    def ours() -> bytes:
        return layout.to_pdf(layout.book_of(wish))

    weasyprint_alone('<html lang="en"><title>Fonts</title><p>They are looked for once.')
    if what == "two":
        return {"each": sum(_spent(ours) for _each in range(2)) / 2}
    html = layout.to_html(layout.book_of(wish))
    theirs = partial(weasyprint_alone, html)
    spent: dict[Callable[[], Any], list[float]] = {ours: [], theirs: []}
    for at in range(PAIRS):
        # What the one leaves behind is cleared away while the other works: each is first as often.
        for act in (ours, theirs) if at % 2 else (theirs, ours):
            spent[act].append(_spent(act))
    took = {"ours": median(spent[ours]), "theirs": median(spent[theirs])}
    return {**took, "pages": _pages(ours())}


def peak(number: str) -> dict[str, float]:
    """Of one of a worker's two processes while it makes the file: the most of each, as web.py."""
    forking.load_work()
    fork = get_context("fork")
    idle, busy = fork.Process(target=signal.pause), fork.Process(target=_make, args=(number,))
    held: list[tuple[float, float]] = []
    for each in (idle, busy):
        each.start()
    while busy.is_alive():
        with suppress(psutil.Error):
            held.append(web.memory_of(psutil.Process(busy.pid)))
        time.sleep(0.02)
    idle.kill()
    assert busy.exitcode == 0
    share, whole = (max(each) for each in zip(*held, strict=True))
    return {"share": share, "whole": whole}


def _make(number: str) -> None:
    with as_portal():
        layout.to_pdf(layout.book_of(_wish(number)))


def _wish(number: str) -> Wish:
    assessment = Pass.objects.select_related("review__board", "catalogue").get(pk=number)
    return Wish(assessment=assessment, user=assessment.opened_by, at=clock.now())


def weasyprint_alone(html: str) -> bytes:
    """As core/pdf.py asks for it, and nothing around it."""
    fetcher = pdf._fetcher_class()()
    page = pdf._weasyprint().HTML(
        string=html, base_url=pdf.OWN_SCHEME, url_fetcher=fetcher, media_type="print"
    )
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1"))


def _pages(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(content)).pages)


def _spent(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    number, what = sys.argv[1:]
    if what == "peak":
        print(json.dumps(peak(number)))
    else:
        with as_portal():
            print(json.dumps(main(number, what)))
