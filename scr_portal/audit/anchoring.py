"""The heads of all chains are written down outside each day.

The chain alone tells what was altered by who does not make every hash anew, the head and all. An
anchor tells the rest: whoever has the database has neither the files nor the key that signs them.
What was written since the newest anchor is not covered yet. A file is a line of JSON and the HMAC
of it, and names the hash of the file before, so that none of them can be left out either.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from scr_portal.audit.models import Anchor, ChainHead
from scr_portal.audit.places import Place, place_of
from scr_portal.core import clock

# Beat asks every ten minutes; what is this much over its time did not come.
GRACE = timedelta(hours=2)
LOCK = 0x5C12
Point = tuple[str, int, str]
_UNMATCHED = """
    SELECT point.chain, point.sequence, event.hash IS NULL
      FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS point (chain, sequence, hash)
      LEFT JOIN audit_auditevent event
        ON event.chain = point.chain AND event.sequence = point.sequence
     WHERE event.hash IS DISTINCT FROM point.hash
     ORDER BY point.chain, point.sequence
     LIMIT 1
"""


@dataclass(frozen=True)
class Written:
    """One file as it was read: its content, its bytes' hash, and whether the HMAC is ours."""

    number: int
    at: datetime
    previous: str
    heads: list[Point]
    digest: str
    is_signed: bool


def every() -> timedelta:
    return timedelta(hours=settings.AUDIT_ANCHOR_HOURS)


def name_of(number: int) -> str:
    return f"anchor-{number:06}.json"


def _mac(line: bytes) -> str:
    if not settings.AUDIT_ANCHOR_KEY:
        raise ImproperlyConfigured("AUDIT_ANCHOR needs AUDIT_ANCHOR_KEY, which signs the files")
    return hmac.new(settings.AUDIT_ANCHOR_KEY.encode(), line, hashlib.sha256).hexdigest()


def _body(number: int, at: datetime, previous: str, heads: list[Point]) -> bytes:
    content = {
        "portal": settings.PORTAL_URL,
        "number": number,
        "at": at.isoformat(),
        "previous": previous,
        "heads": heads,
    }
    line = json.dumps(content, separators=(",", ":")).encode()
    return line + b"\n" + _mac(line).encode() + b"\n"


def parsed(body: bytes) -> Written:
    """Raises ValueError for what is no anchor."""
    line, _newline, mac = body.partition(b"\n")
    content: dict[str, Any] = json.loads(line)
    at = parse_datetime(str(content["at"]))
    if at is None:
        raise ValueError("at")
    return Written(
        number=int(content["number"]),
        at=at,
        previous=str(content["previous"]),
        heads=[
            (str(chain), int(sequence), str(hash)) for chain, sequence, hash in content["heads"]
        ],
        digest=hashlib.sha256(body).hexdigest(),
        is_signed=hmac.compare_digest(_mac(line).encode(), mac.strip()),
    )


def is_due() -> bool:
    newest = Anchor.objects.first()
    return newest is None or newest.at <= clock.now() - every()


@transaction.atomic
def write() -> Anchor | None:
    """Write the next anchor where one is due; two workers at once write one.

    A worker that was killed after the file and before the row leaves a file: the next is the one
    after it.
    """
    place = place_of(settings.AUDIT_ANCHOR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if place is None or not is_due():
        return None
    row, outside = Anchor.objects.first(), _newest(place)
    number = max(row.number if row else 0, outside.number if outside else 0) + 1
    previous = outside.digest if outside else row.digest if row else ""
    heads: list[Point] = list(
        ChainHead.objects.order_by("chain").values_list("chain", "sequence", "hash")
    )
    now = clock.now()
    body = _body(number, now, previous, heads)
    trouble = _trouble_since(place, row, outside)
    place.put(name_of(number), body)
    return Anchor.objects.create(
        number=number,
        at=now,
        place=place.name,
        digest=hashlib.sha256(body).hexdigest(),
        chains=len(heads),
        trouble=trouble[:300],
    )


def _newest(place: Place) -> Written | None:
    names = place.names()
    return parsed(place.read(names[-1])) if names else None


def _trouble_since(place: Place, row: Anchor | None, outside: Written | None) -> str:
    """A look at the newest one alone; ``verify_audit --anchors`` looks at them all."""
    if row and place.is_read and (outside is None or outside.number < row.number):
        return _("Anchor %(number)s is gone") % {"number": row.number}
    if outside is None:
        return ""
    if not outside.is_signed:
        return _("Anchor %(number)s was not signed with our key") % {"number": outside.number}
    return unmatched(outside.heads) or ""


def unmatched(points: list[Point]) -> str | None:
    """The first head of an anchor that is no event of the history any more, in words."""
    with connection.cursor() as cursor:
        cursor.execute(
            _UNMATCHED, [list(column) for column in zip(*points, strict=True)] or [[]] * 3
        )
        row = cursor.fetchone()
    if row is None:
        return None
    chain, sequence, is_gone = row
    what = _("is gone") if is_gone else _("is another than the one that was anchored")
    return _("Number %(sequence)s of %(chain)s %(what)s") % {
        "sequence": sequence,
        "chain": chain,
        "what": what,
    }


def first_trouble(place: Place) -> str | None:
    """What of the anchors, or of the history against them, is not as it was; None if all is."""
    rows = {row.number: row.digest for row in Anchor.objects.all()}
    seen: set[Point] = set()
    before: Written | None = None
    for found in _all(place):
        if isinstance(found, str):
            return found
        if trouble := _in_order(found, before, rows.pop(found.number, found.digest)):
            return trouble
        new = [point for point in found.heads if point not in seen]
        if loose := unmatched(new):
            return _("%(trouble)s (anchor %(number)s)") % {
                "trouble": loose,
                "number": found.number,
            }
        seen.update(new)
        before = found
    if rows:
        return _("Anchor %(number)s is gone") % {"number": min(rows)}
    if before is None or before.at < clock.now() - every() - GRACE:
        return _("The newest anchor is late")
    return None


def _all(place: Place) -> Iterator[Written | str]:
    for name in place.names():
        try:
            found = parsed(place.read(name))
        except (ValueError, KeyError, TypeError):
            yield _("%(name)s is no anchor") % {"name": name}
            return
        if name != name_of(found.number) or not re.fullmatch(r"anchor-\d{6,}\.json", name):
            yield _("%(name)s is not the anchor that it says") % {"name": name}
            return
        yield found


def _in_order(found: Written, before: Written | None, digest: str) -> str:
    number = {"number": found.number}
    if not found.is_signed:
        return _("Anchor %(number)s was not signed with our key") % number
    if found.number != (before.number if before else 0) + 1:
        return _("The anchor before %(number)s is gone") % number
    if found.previous != (before.digest if before else ""):
        return _("Anchor %(number)s does not follow from the one before it") % number
    if found.digest != digest:
        return _("Anchor %(number)s is not the one that was written") % number
    return ""


@dataclass(frozen=True)
class State:
    """For the page of jobs: ``at`` is None where none was written yet."""

    is_set_up: bool
    at: datetime | None
    is_late: bool
    trouble: str


def state() -> State:
    newest = Anchor.objects.first()
    late = newest is None or newest.at < clock.now() - every() - GRACE
    return State(
        is_set_up=bool(settings.AUDIT_ANCHOR),
        at=newest.at if newest else None,
        is_late=late,
        trouble=newest.trouble if newest else "",
    )
