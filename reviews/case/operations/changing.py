"""A row that several people edit: the optimistic lock, and what the history says of it."""

from typing import Any

from reviews.case.operations.record import Stale


def change(row: Any, version: int, fields: dict[str, Any]) -> str:
    """Save what is new. Empty where nothing is, else the names of the fields for the history.

    The row was read under its review's or board's lock. Raises Stale where ``version`` is not the
    present one.
    """
    if row.version != version:
        raise Stale(row)
    names = [name for name, value in fields.items() if getattr(row, name) != value]
    if not names:
        return ""
    for name in names:
        setattr(row, name, fields[name])
    row.version += 1
    row.save(update_fields=[*names, "version"])
    return ", ".join(str(row._meta.get_field(name).verbose_name) for name in names)
