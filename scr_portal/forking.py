"""What a process loads before it forks, so that those it forks share it (ADR 28)."""

import gc
from contextlib import suppress

from django.urls import get_resolver

from scr_portal.core import pdf


def load_pages() -> None:
    """Every page's code. What has come by now stays to the end.

    The collector need not look at it again, nor a forked process copy it.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


def load_work() -> None:
    """And what makes PDFs, for a worker. Where Pango is missing, the first PDF says so."""
    with suppress(pdf.PangoMissing):
        pdf.load()
    load_pages()
