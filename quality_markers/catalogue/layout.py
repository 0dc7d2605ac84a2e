"""A marker's text as blocks to lay out, on a page or on paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby


@dataclass
class Item:
    text: str
    items: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list where there are items."""

    text: str = ""
    items: tuple[Item, ...] = ()


def blocks(text: str) -> Iterator[Block]:
    lines = (line for line in text.split("\n") if line.strip())
    for listed, group in groupby(lines, key=lambda line: line.startswith(("- ", "-- "))):
        if listed:
            yield Block(items=tuple(_items(group)))
        else:
            yield from (Block(text=line) for line in group)


def _items(lines: Iterator[str]) -> list[Item]:
    items: list[Item] = []
    for line in lines:
        if line.startswith("-- ") and items:
            items[-1].items.append(line.removeprefix("-- "))
        else:
            items.append(Item(line.removeprefix("- ").removeprefix("-- ")))
    return items
