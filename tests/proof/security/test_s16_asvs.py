"""docs/asvs.md against the numbers and levels of the standard, and against what it names."""

import ast
import re
from pathlib import Path

from tests.proof.frame import Claim

CLAIM = Claim(
    id="S16",
    says="Every requirement of OWASP ASVS 5.0, levels 1 and 2, and 3 where it matters most, has "
    "an answer",
    how="docs/asvs.md is read: complete, each named test and file there, each gap with a reason",
    goal="none without an answer, none open without a reason",
)
ROOT = Path(__file__).resolve().parents[3]
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|json|yml|html))(?:::(\w+))?`")
RANGE = re.compile(r"(\d+\.\d+)\.(\d+)(?:\s+to\s+\d+\.\d+\.(\d+))?")
HOWS = {"test", "looked up", "not applicable", "**open**"}


def _answered(text: str) -> dict[str, int]:
    rows = {number: int(level) for number, level, *_rest in ROW.findall(text)}
    return rows | dict.fromkeys(_together(text), 0)


def _together(text: str) -> list[str]:
    """Numbers that one sentence sets aside: "10.4.1 to 10.4.11"."""
    found: list[str] = []
    for part in re.findall(r"\*\*([\d., to\n]+)\*\*", text):
        for chapter, first, last in re.findall(
            r"(\d+\.\d+)\.(\d+)(?:\s+to\s+\d+\.\d+\.(\d+))?", part
        ):
            found += [f"{chapter}.{n}" for n in range(int(first), int(last or first) + 1)]
    return found


def _missing(text: str) -> list[str]:
    """Of what it names: files that are not there, and functions that their file does not have."""
    wrong = []
    for name, function in set(NAMED.findall(text)):
        path = ROOT / name
        if not path.exists():
            wrong.append(name)
        elif function and function not in _functions(path):
            wrong.append(f"{name}::{function}")
    return sorted(wrong)


def _functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_has_an_answer(claim):
    text = (ROOT / "docs" / "asvs.md").read_text()
    wanted = {
        number: int(level)
        for number, level in map(
            str.split, (Path(__file__).parent / "asvs_levels.txt").read_text().splitlines()
        )
    }
    answered = _answered(text)
    assert set(answered) == set(wanted)
    assert all(level in (0, wanted[number]) for number, level in answered.items())
    rows = ROW.findall(text)
    assert {how.strip() for *_rest, how, _where in rows} <= HOWS
    unanswered = [number for number, *_rest, where in rows if len(where.strip()) < 5]
    untested = [row[0] for row in rows if row[3].strip() == "test" and "tests/" not in row[4]]
    # ruff and mypy are tests of every line; they stand in no file of tests.
    untested = [each for each in untested if each not in {"1.3.2", "15.3.5"}]
    missing = _missing(text)
    opened = sum(row[3].strip() == "**open**" for row in rows)
    claim.measured(
        figure=f"{len(answered)} requirements, {len(unanswered)} without an answer, {opened} open "
        f"with a reason, {len(missing)} answers that are not there",
        holds=not (unanswered or untested or missing),
    )


def test_what_is_not_there_is_noticed():
    assert _missing("`docs/asvs.md`, `tests/nowhere.py`") == ["tests/nowhere.py"]
    assert _missing("`tests/proof/frame.py::nothing`") == ["tests/proof/frame.py::nothing"]
    assert _together("**1.2.3, 4.5.1 to 4.5.3**") == ["1.2.3", "4.5.1", "4.5.2", "4.5.3"]
