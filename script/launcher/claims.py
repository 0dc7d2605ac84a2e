"""Every claim that is to be proved, and what its proof measured."""

import ast
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launcher.state import CHECKOUT

PROOFS = CHECKOUT / "tests" / "proof"
NAMES = {
    "S1": "Every address as every role",
    "S2": "A word planted in every foreign field",
    "S3": "Foreign ids and hidden fields posted",
    "S4": "The database's own wall alone",
    "S5": "Rights that end in mid-session",
    "S6": "Ways in without a second factor",
    "S7": "Guessing passwords",
    "S8": "Sessions",
    "S9": "Headers of every response",
    "S10": "Hostile and harmless uploads",
    "S11": "Hostile text in files that go out",
    "S12": "The audit: whole, and tampering found",
    "S13": "Script in every text field",
    "S14": "Forged requests, redirects, hosts",
    "S15": "Case text in logs, tasks, mail, errors",
    "S16": "The ledger of OWASP ASVS",
    "R1": "Jobs under random kills",
    "R2": "Two beats, and none",
    "R3": "Two who edit one answer",
    "R4": "Saves under kills",
    "R5": "Valkey away",
    "R6": "Any order of acts on a review",
    "R7": "Backup and restore",
    "R8": "Migrations under way",
    "R9": "Half an hour of mixed work",
    "R10": "Disk, scanner and mail away",
    "R11": "Days that are hard to count",
    "R12": "Generated input",
    "P1": "List of reviews, few of them one's own",
    "P2": "List of reviews, all of them one's own",
    "P3": "All questions on one page",
    "P4": "One saved answer",
    "P5": "A foreign object refused",
    "P6": "Eight clients at once",
    "P7": "A pass as PDF",
    "P8": "A sweep of all deadlines",
    "P9": "Memory of a web process",
    "P10": "Statements, however much there is",
    "P11": "Starts of the server",
}
FAMILIES = {"security": "S", "reliability": "R", "performance": "P"}


@dataclass
class Proved:
    """Of one claim; ``holds`` is None where nothing was measured."""

    id: str
    says: str
    how: str = ""
    goal: str = ""
    figures: list[str] = field(default_factory=list)
    holds: bool | None = None
    why: str = ""
    """It was not run, or it broke before its figure."""
    seconds: float = 0.0
    """Of all its tests, with what they laid out first."""

    @property
    def result(self) -> str:
        return {True: "holds", False: "falls short", None: "not run"}[self.holds]

    @property
    def figure(self) -> str:
        return "; ".join([*self.figures, *([self.why] if self.why else [])])

    def heard(self, line: dict[str, Any]) -> None:
        self.seconds += line.get("seconds", 0)
        if broke := line.get("broke"):
            self.why, self.holds = f"broke: {broke}", False
        elif "figure" in line:
            self.figures.append(str(line["figure"]))
            self.holds = bool(line["holds"]) and self.holds is not False


def chosen(arguments: Iterable[str]) -> list[str]:
    """Ids, in order. Raises ValueError with what is not one."""
    wanted: set[str] = set()
    for each in arguments:
        if each.removeprefix("--") in FAMILIES and each.startswith("--"):
            wanted |= {name for name in NAMES if name[0] == FAMILIES[each[2:]]}
        elif each.upper() in NAMES:
            wanted.add(each.upper())
        else:
            raise ValueError(each)
    return [name for name in NAMES if name in wanted or not wanted]


def modules(claim: str) -> list[Path]:
    return sorted(PROOFS.glob(f"*/test_{claim[0].lower()}{int(claim[1:]):02d}_*.py"))


def proved(ids: Iterable[str], figures: Path) -> dict[str, Proved]:
    """What the lines in the file say of these claims; a claim without a line is there too."""
    found = {each: _as_written(each) for each in ids}
    lines = figures.read_text(encoding="utf-8").splitlines() if figures.exists() else []
    for line in map(json.loads, dict.fromkeys(lines)):
        if one := found.get(line.pop("claim")):
            for name in line.keys() & {"says", "how", "goal"}:
                setattr(one, name, line[name])
            one.heard(line)
    for one in found.values():
        if one.holds is None:
            one.why = one.why or _why_not(one.id)
    return found


def _as_written(claim: str) -> Proved:
    """Without running it: a proof that does not load is still a claim."""
    for path in modules(claim):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Claim":
                words = {str(each.arg): ast.literal_eval(each.value) for each in node.keywords}
                return Proved(**words)
    return Proved(claim, NAMES[claim])


def _why_not(claim: str) -> str:
    if modules(claim):
        return "the run ended before it had a figure"
    return "measured by bench/, which gave no figure" if claim[0] == "P" else "has no proof yet"
