"""The tables of claims in docs/, whose rows `script/prove --write` renews one by one."""

from collections.abc import Iterable
from pathlib import Path

from launcher import claims
from launcher.state import CHECKOUT

MARK = "<!-- proved -->"
HEAD = ["", "claim", "how it is tested", "goal", "figure", "result", "command"]


def page(family: str) -> Path:
    return CHECKOUT / "docs" / f"{family}.md"


def write(found: dict[str, claims.Proved]) -> None:
    """Only the rows of claims that this run was about."""
    for family, letter in claims.FAMILIES.items():
        if mine := {name: one for name, one in found.items() if name[0] == letter}:
            _write(page(family), letter, mine)


def _write(path: Path, letter: str, found: dict[str, claims.Proved]) -> None:
    before, table, after = path.read_text(encoding="utf-8").split(MARK)
    rows = _rows(table) | {name: _row(one) for name, one in found.items()}
    for name in claims.NAMES:
        if name[0] == letter and name not in rows:
            rows[name] = _row(claims.Proved(name, claims.NAMES[name], why="not proved yet"))
    ordered = [rows[name] for name in claims.NAMES if name in rows]
    head = [_line(HEAD), _line(["---"] * len(HEAD))]
    path.write_text(MARK.join([before, "\n".join(["", *head, *ordered, ""]), after]), "utf-8")


def _rows(table: str) -> dict[str, str]:
    lines = (line for line in table.splitlines() if line.startswith("| "))
    named = {line.split("|")[1].strip(): line for line in lines}
    return {name: line for name, line in named.items() if name in claims.NAMES}


def _row(one: claims.Proved) -> str:
    result = one.result if one.holds else f"**{one.result}**"
    cells = [one.id, one.says, one.how, one.goal, one.figure, result, f"`script/prove {one.id}`"]
    return _line(cells)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(each.replace("|", "/").replace("\n", " ") for each in cells) + " |"
