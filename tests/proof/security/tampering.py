"""What somebody with the database's own password might do to the history, and say nothing."""

import random
from collections.abc import Callable
from typing import Any

from django.db import connection

from scr_portal.audit.models import DIGEST

OTHERS: dict[str, str] = {
    "at": "at + interval '1 second'",
    "kind": "kind || 'x'",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "actor_name": "'Somebody Else'",
    "board_id": "coalesce(board_id, 0) + 1",
    "review_id": "gen_random_uuid()",
    "target_type": "target_type || 'x'",
    "target_id": "target_id || '9'",
    "target_label": "'Another'",
    "changes": "changes || '{\"added\": 1}'",
    "chain": "'another'",
    "sequence": "sequence + 1000",
    "previous_hash": "md5(previous_hash)",
    "hash": "md5(hash)",
}
CONTENT = (
    "at kind actor_id actor_name board_id review_id target_type target_id target_label changes"
)
Tampering = tuple[str, Callable[[], None]]


def sql(text: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


def rows_of(chain: str) -> list[int]:
    found = sql("SELECT id FROM audit_auditevent WHERE chain = %s ORDER BY sequence", chain)
    return [pk for (pk,) in found]


def made_anew(chain: str) -> None:
    """Every number and every hash of the chain, and its head, as the portal makes them."""
    before, place = "", 0
    for place, pk in enumerate(rows_of(chain), start=1):
        sql(
            "UPDATE audit_auditevent SET sequence = %s, previous_hash = %s WHERE id = %s",
            place,
            before,
            pk,
        )
        [(before,)] = sql(
            f"UPDATE audit_auditevent SET hash = {DIGEST.format(row='audit_auditevent')}"
            " WHERE id = %s RETURNING hash",
            pk,
        )
    sql("DELETE FROM audit_chainhead WHERE chain = %s", chain)
    if place:
        sql("INSERT INTO audit_chainhead VALUES (%s, %s, %s)", chain, place, before)


def changed(draw: random.Random, chain: str) -> Tampering:
    pk, column = draw.choice(rows_of(chain)), draw.choice(sorted(OTHERS))
    return f"{column} changed", lambda: _set(column, pk)


def _set(column: str, pk: int) -> None:
    sql(f"UPDATE audit_auditevent SET {column} = {OTHERS[column]} WHERE id = %s", pk)


def changed_and_made_anew(draw: random.Random, chain: str) -> Tampering:
    pk = draw.choice(rows_of(chain))
    column = draw.choice(sorted(set(OTHERS) - {"chain", "sequence", "previous_hash", "hash"}))

    def act() -> None:
        _set(column, pk)
        made_anew(chain)

    return f"{column} changed, all hashes made anew", act


def deleted(draw: random.Random, chain: str) -> Tampering:
    pk = draw.choice(rows_of(chain))
    return "one deleted", lambda: _delete([pk])


def deleted_and_made_anew(draw: random.Random, chain: str) -> Tampering:
    pk = draw.choice(rows_of(chain))

    def act() -> None:
        _delete([pk])
        made_anew(chain)

    return "one deleted, all hashes made anew", act


def _delete(pks: list[int]) -> None:
    sql("DELETE FROM audit_auditevent WHERE id = ANY(%s)", pks)


def cut_short(draw: random.Random, chain: str) -> Tampering:
    rows = rows_of(chain)
    pks = rows[-draw.randint(1, len(rows) - 1) :]
    return "the end cut off", lambda: _delete(pks)


def cut_short_with_its_head(draw: random.Random, chain: str) -> Tampering:
    rows = rows_of(chain)
    pks = rows[-draw.randint(1, len(rows)) :]

    def act() -> None:
        _delete(pks)
        made_anew(chain)

    return "the end cut off, its head too", act


def swapped(draw: random.Random, chain: str) -> Tampering:
    """Two that say different things: what they say changes places."""
    one, other = draw.sample(rows_of(chain), 2)
    return "two swapped", lambda: _swap(one, other)


def _swap(one: int, other: int) -> None:
    columns = CONTENT.split()
    pairs = ", ".join(f"{column} = other.{column}" for column in columns)
    sql(
        f"UPDATE audit_auditevent own SET {pairs} FROM audit_auditevent other"
        " WHERE own.id IN (%s, %s) AND other.id IN (%s, %s) AND own.id <> other.id",
        *(one, other, one, other),
    )


def swapped_and_made_anew(draw: random.Random, chain: str) -> Tampering:
    one, other = draw.sample(rows_of(chain), 2)

    def act() -> None:
        _swap(one, other)
        made_anew(chain)

    return "two swapped, all hashes made anew", act


def put_between(draw: random.Random, chain: str) -> Tampering:
    """One that never was, between two that were, with all that follows made anew or not."""
    after, anew = draw.choice(rows_of(chain)[:-1]), draw.random() < 0.5

    def act() -> None:
        [(place,)] = sql("SELECT sequence FROM audit_auditevent WHERE id = %s", after)
        later = "WHERE chain = %s AND sequence > %s"
        sql(f"UPDATE audit_auditevent SET sequence = -sequence - 1 {later}", chain, place)
        sql(
            "UPDATE audit_auditevent SET sequence = -sequence WHERE chain = %s AND sequence < 0",
            chain,
        )
        names = f"{CONTENT.replace(' ', ', ')}, chain, previous_hash"
        sql(
            f"INSERT INTO audit_auditevent ({names}, sequence, hash)"
            f" SELECT {names}, sequence + 1, md5(hash) FROM audit_auditevent WHERE id = %s",
            after,
        )
        if anew:
            made_anew(chain)

    return f"one put between{', all hashes made anew' if anew else ''}", act


def head_changed(draw: random.Random, chain: str) -> Tampering:
    change = draw.choice(["hash = md5(hash)", "sequence = sequence + 1", "sequence = sequence - 1"])
    return "head changed", lambda: _head(change, chain)


def _head(change: str, chain: str) -> None:
    sql(f"UPDATE audit_chainhead SET {change} WHERE chain = %s", chain)


KINDS = [
    *([changed] * 3),
    *(changed_and_made_anew, deleted, deleted_and_made_anew, cut_short, cut_short_with_its_head),
    *(swapped, swapped_and_made_anew, put_between, head_changed),
]


def generated(number: int, chains: list[str]) -> list[Tampering]:
    """The same ones in every run. Every column is changed at least once."""
    draw = random.Random(12)
    chains = [chain for chain in chains if len(rows_of(chain)) > 1]
    made = []
    for each in range(number):
        made.append(KINDS[each % len(KINDS)](draw, draw.choice(chains)))
    columns = [f"{column} changed" for column in sorted(OTHERS)]
    pk = rows_of(chains[0])[0]
    for column in columns:
        if column not in {name for name, _act in made}:
            name = column.split()[0]
            made.append((column, lambda name=name: _set(name, pk)))
    return made
