"""A file is asked for, made by whichever worker lives to finish it, and downloaded."""

import logging
import time
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, When

from quality_markers.assessments.models import Pass
from quality_markers.exports import layout, queries, rules
from quality_markers.exports.content import Wish
from quality_markers.exports.models import Export
from reviews.acting import reach_of_person
from reviews.case.operations.clicks import key_of
from scr_portal.audit import operations as audit
from scr_portal.core import acting, clock, outbox
from scr_portal.core.failures import without_words
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

ATTEMPTS = 5
TELL_SECONDS = 1.0
"""How often at most the share that is done is written down."""
AT_ONCE = 40_000
"""Characters of one marker that a page may wait for: about 25 pages and three seconds."""
CHOICES = ("of", "form", "compared_with", "marker", "is_named", "with_comments", "recipient")

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has taken the export, or finished it."""


@transaction.atomic
def ask(*, assessment: Pass, by: Any, token: str, **choices: Any) -> Export:
    """One export for one token, however often it comes. ``choices``: fields of what it holds.

    Asked again before the first has begun gives the first: it will hold the texts of that moment.
    Raises PermissionDenied where the person may take none of it.
    """
    wanted = Export(review=assessment.review, assessment=assessment, asked_by=by, **choices)
    _require(wanted)
    what = {name: getattr(wanted, name) for name in CHOICES}
    key = key_of(wanted.review, by, token, assessment.pk, *map(_said, what.values()))
    mine = queries.exports_of(by, assessment.review)
    not_begun = Q(assessment=assessment, attempts=0, done_at=None, **what)
    by_this_click = Case(When(key=key, then=0), default=1)
    if found := mine.filter(Q(key=key) | not_begun).order_by(by_this_click).first():
        return found
    at = clock.now()
    name = rules.file_name(assessment.review.reference, wanted, clock.today())
    export, created = Export.objects.get_or_create(
        key=key,
        defaults={
            **what,
            "review": assessment.review,
            "assessment": assessment,
            "asked_by": by,
            "asked_at": at,
            "file_name": name,
        },
    )
    if created:
        audit.record(kind=audit.Event.EXPORT_ASKED, by=by, target=export)
        _nudge(export)
    return export


def _said(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value


def _require(wanted: Export) -> None:
    """Each pass of it, and the marker, is one that the person may take with them."""
    passes = [each for each in (wanted.assessment, wanted.compared_with) if each]
    for each in passes:
        each.review = wanted.review
        if not queries.readable(wanted.asked_by, each).exists():
            raise PermissionDenied
    marker = wanted.marker
    readable = queries.readable(wanted.asked_by, wanted.assessment)
    if marker and not readable.filter(pk=marker.pk).exists():
        raise PermissionDenied


def make(*, pk: int) -> None:
    """Make this export, unless it is made or somebody is at it."""
    for export in Export.objects.claim(pk=pk, limit=1):
        _carry_out(export)


def sweep(*, limit: int = 5) -> bool:
    """Make what no nudge has reached, and what a dead worker has left.

    True when there may be more: the next messages to the worker take their turn first.
    """
    return Export.objects.carry_out(_carry_out, limit=limit)


def make_at_once(*, wish: Wish) -> tuple[str, bytes]:
    """One marker while the person waits: the name of the file, and the file."""
    file = layout.to_pdf(layout.book_of(wish))
    asked = Export(assessment=wish.assessment, marker=wish.marker)
    name = rules.file_name(wish.assessment.review.reference, asked, clock.today())
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=wish.user,
        target=wish.assessment,
        label=name,
        changes={"sha256": sha256(file).hexdigest()},
    )
    return name, file


def download(*, export: Export, by: Any) -> bytes:
    """The file. Raises PermissionDenied where it holds what the person may no longer read."""
    if export.asked_by_id != by.pk or not queries.may_still_read(by, export):
        raise PermissionDenied
    audit.record(
        kind=audit.Event.DOWNLOADED, by=by, target=export, changes={"sha256": export.sha256}
    )
    return bytes(export.content or b"")


def _nudge(export: Export) -> None:
    from quality_markers.exports import tasks

    outbox.nudge(tasks.make, export.pk)


def _carry_out(export: Export) -> None:
    if export.attempts > ATTEMPTS:
        # Claimed again and again and never given back: it takes its worker down each time.
        _give_up(export, "worker lost")
        return
    try:
        wish = Wish.of_export(export, clock.now())
        wish.assessment.review = export.review
        reach = reach_of_person(export.asked_by)
        with Export.objects.holding(export), acting.for_person(reach):
            rights = queries.rights(export.asked_by, export.review)
            book = layout.book_of(wish)
            content = layout.to_file(book, export.form, tell=_Progress(export))
        _finish(export, book.numbers, rights, content)
    except LeaseLost:
        logger.info("Export %s is in other hands", export.pk)
    except PermissionDenied:
        _give_up(export, "no longer permitted")
    except outbox.DATABASE_AWAY:
        raise
    except Exception as error:
        _put_back(export, error)


class _Progress:
    """Writes the share down, a second apart at the least, and ends what another has taken."""

    def __init__(self, export: Export) -> None:
        self.export, self.last = export, float("-inf")

    def __call__(self, share: float) -> None:
        if time.monotonic() - self.last < TELL_SECONDS:
            return
        self.last = time.monotonic()
        if not Export.objects.held(self.export).update(percent=5 + int(90 * share)):
            raise LeaseLost


@transaction.atomic
def _finish(export: Export, markers: list[int], rights: list[str], content: bytes) -> None:
    """File, history and message stand or fall together, and the first worker's alone."""
    finished = Export.objects.finish(
        export.pk,
        content=content,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        markers=markers,
        rights=rights,
        percent=100,
    )
    if finished:
        audit.record(kind=audit.Event.EXPORT_MADE, by=None, target=export)
        _say(export, Kind.EXPORT_READY)


def _put_back(export: Export, error: Exception) -> None:
    logger.error("Export %s, attempt %s: %s", export.pk, export.attempts, without_words(error))
    # Only the kind of error: its words may hold text of the case.
    if export.attempts >= ATTEMPTS:
        _give_up(export, type(error).__name__)
    else:
        Export.objects.fail(export, type(error).__name__)


@transaction.atomic
def _give_up(export: Export, why: str) -> None:
    if Export.objects.finish(export.pk, note=why):
        audit.record(kind=audit.Event.EXPORT_FAILED, by=None, target=export)
        if queries.readable(export.asked_by, export.assessment).exists():
            _say(export, Kind.EXPORT_FAILED)


def _say(export: Export, kind: Kind) -> None:
    notify(
        to=[export.asked_by],
        kind=kind,
        key=f"export:{export.pk}",
        review=export.review,
        link=export.get_absolute_url(),
    )
