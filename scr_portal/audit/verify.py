"""Whether the record of what was done is whole. PostgreSQL makes every hash again."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from scr_portal.audit.models import DIGEST
from scr_portal.audit.operations import PORTAL

# A row is sound when it is the next of its chain, names its predecessor's hash, and has its own.
_BROKEN = f"""
    WITH linked AS (
        SELECT event.*,
               lag(hash, 1, '') OVER chained AS hash_before,
               row_number() OVER chained AS place
          FROM audit_auditevent event
         WHERE %(chain)s IS NULL OR chain = %(chain)s
        WINDOW chained AS (PARTITION BY chain ORDER BY sequence, id)
    )
    SELECT chain, sequence, id, place,
           sequence <> place AS misplaced,
           previous_hash <> hash_before AS unlinked,
           hash <> {DIGEST.format(row="linked")} AS altered
      FROM linked
     WHERE sequence <> place
        OR previous_hash <> hash_before
        OR hash <> {DIGEST.format(row="linked")}
     ORDER BY id
     LIMIT 1
"""  # noqa: S608 - made of constants
_TORN = """
    SELECT coalesce(head.chain, tail.chain), head.sequence, tail.sequence
      FROM audit_chainhead head
      FULL JOIN (
          SELECT DISTINCT ON (chain) chain, sequence, hash
            FROM audit_auditevent ORDER BY chain, sequence DESC
      ) tail ON tail.chain = head.chain
     WHERE (%(chain)s IS NULL OR coalesce(head.chain, tail.chain) = %(chain)s)
       AND (head.sequence, head.hash) IS DISTINCT FROM (tail.sequence, tail.hash)
     ORDER BY 1
     LIMIT 1
"""
_COUNT = "SELECT count(*) FROM audit_auditevent WHERE %(chain)s IS NULL OR chain = %(chain)s"


@dataclass(frozen=True)
class Break:
    chain: str
    sequence: int
    id: int | None
    why: str

    def __str__(self) -> str:
        where = _("the portal") if self.chain == PORTAL else self.chain
        row = _("event %(id)s, ") % {"id": self.id} if self.id else ""
        return _("%(row)snumber %(sequence)s of %(where)s: %(why)s") % {
            "row": row,
            "sequence": self.sequence,
            "where": where,
            "why": self.why,
        }


def first_break(review: UUID | None = None) -> Break | None:
    """The first row that is not as it was written, of one review's chain or of all."""
    told = {"chain": str(review) if review else None}
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN, told)
        if row := cursor.fetchone():
            chain, sequence, pk, place, misplaced, unlinked, altered = row
            return Break(chain, sequence, pk, _why(sequence, place, misplaced, unlinked, altered))
        cursor.execute(_TORN, told)
        if row := cursor.fetchone():
            chain, head, tail = row
            why = _("the newest event is gone, or its chain's head was altered")
            return Break(chain, head or tail or 0, None, why)
    return None


def _why(sequence: int, place: int, misplaced: bool, unlinked: bool, altered: bool) -> str:
    if misplaced and sequence > place:
        return _("an event before it is gone")
    if altered:
        return _("it does not say what was written")
    if misplaced:
        return _("it stands twice in its chain")
    return _("it does not follow from the event before it")


def count(review: UUID | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"chain": str(review) if review else None})
        return cursor.fetchone()[0]
