"""What the stack must not hold, and how much of the house is one hall."""

import ast
import re
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ["scr_portal", "reviews", "families", "quality_markers"]


def sources():
    return [
        path
        for folder in CODE
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_psycopg_3_is_not_installed():
    """Django would take it before psycopg2 wherever it can be imported."""
    assert "psycopg" not in {dist.metadata["Name"].lower() for dist in distributions()}


def test_only_one_module_imports_weasyprint():
    pattern = re.compile(r"^\s*(from|import) weasyprint", re.M)
    importing = [path for path in sources() if pattern.search(path.read_text(encoding="utf-8"))]
    assert [path.name for path in importing] == ["pdf.py"]


def test_locks_hold_hashes_and_no_address():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_no_room_is_named_for_nothing():
    for path in sources():
        assert path.stem not in {"utils", "helpers", "services", "managers", "signals", "common"}


def test_no_file_is_a_hall():
    for path in sources():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{path.relative_to(ROOT)} has {lines} lines"


def test_functions_are_short():
    """Nine in ten under 24 lines; none over 70."""
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[int(len(lengths) * 0.9)] <= 24
    assert lengths[-1] <= 70
