import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.proof.frame import WHOLE, FellShort, Measuring, note

# What exists at full size alone: kills, the soak.
collect_ignore_glob = [] if WHOLE else ["*/test_*_whole.py"]


@pytest.fixture
def claim(request: pytest.FixtureRequest) -> Measuring:
    """Of the module's CLAIM: ``claim.measured(figure="0 of 1,000", holds=True)``."""
    return Measuring(request.module.CLAIM)


@pytest.fixture
def scale():
    """How many: ``scale(quick=20, whole=1_000)``."""

    def chosen(quick: int, whole: int) -> int:
        return whole if WHOLE else quick

    return chosen


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[Any]:
    """What broke counts against its claim; what fell short has said so itself."""
    report = yield
    if report.failed and not (call.excinfo and call.excinfo.errisinstance(FellShort)):
        note(_claim_of(item.path.name), broke=f"{item.name}: {_first_line(report)}")
    else:
        note(_claim_of(item.path.name), seconds=round(call.duration, 1))
    return report


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.failed:
        note(_claim_of(report.nodeid), broke=f"it could not be read: {_first_line(report)}")


def _claim_of(name: str) -> str:
    """By the name of the file: a module that does not load has no CLAIM to ask."""
    found = re.search(r"test_([srp])(\d+)_", name)
    return f"{found[1].upper()}{int(found[2])}" if found else name


def _first_line(report: pytest.TestReport | pytest.CollectReport) -> str:
    lines = [line[1:].strip() for line in report.longreprtext.splitlines() if line[:2] == "E "]
    return (lines or report.longreprtext.strip().splitlines() or [""])[0][:200]
