"""The claims P1 to P11 that are measured here, each with its figure and what it was measured by."""

import json
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    says: str
    how: str
    goal: str


CLAIMS = {
    "P1": Claim(
        "A list of 25 reviews for somebody with ten costs little more than its SQL",
        "HTTP, in turn with the same statements by hand and a plain template",
        "at most 8 statements, 2.3 times the floor",
    ),
    "P2": Claim(
        "The list costs the same for somebody who sees every review, and with 100,000 of them",
        "HTTP, in turn with the narrow person; then 100,000 reviews",
        "at most 1.3 times P1, and 5 times the floor at 1,000",
    ),
    "P3": Claim(
        "All 107 questions come on one page that can be filled in",
        "HTTP, every marker unfolded, in turn with the floor",
        "at most 9 statements, 150 kB, 3 times the floor",
    ),
    "P4": Claim(
        "One answer is saved with lock, permission, the earlier text and an event of the history",
        "HTTP, in turn with the floor, and for the person with the most reviews",
        "at most 12 statements, 1.5 times the floor; the widest within 1.2 of the narrowest",
    ),
    "P5": Claim(
        "Refusing what belongs to others costs no more than the statements that find it so",
        "HTTP, in turn with the floor",
        "at most 1.5 times the floor",
    ),
    "P6": Claim(
        "Eight people at once are served",
        "eight clients of two sync workers, against as many of the floor",
        "45 per cent of the floor's answers in a second for the list, 30 for the questions",
    ),
    "P7": Claim(
        "A full pass becomes a PDF of about 60 pages for little more than WeasyPrint itself needs",
        "processes of their own, in turn with WeasyPrint alone on the same HTML; memory as the "
        "share (PSS) of one of a worker's two processes at its peak",
        "at most 1.1 times, 160 MB; asked for in 30 ms; two workers make twice as many as one",
    ),
    "P8": Claim(
        "A sweep of a million dates tells who is to be told, once",
        "12,500 dates due, against one INSERT from a SELECT of the same rows",
        "at most 3 times; a second run tells nobody",
    ),
    "P9": Claim(
        "A web worker stays small",
        "a worker's share of memory (PSS) after all of the above, begun with --preload",
        "at most 110 MB",
    ),
    "P11": Claim(
        "The whole portal starts quickly on an ordinary machine",
        "script/server with the packages installed: without a database, and again with it",
        "at most 90 s and 5 s",
    ),
}


class Found:
    """What was measured, for the terminal and for script/prove."""

    def __init__(self, wanted: list[str]) -> None:
        self.wanted = wanted
        self.all_hold = True
        self.lines: list[tuple[str, str, bool]] = []

    def wants(self, *claims: str) -> bool:
        return bool(set(claims) & set(self.wanted))

    def say(self, claim: str, figure: str, holds: bool) -> None:
        if claim not in self.wanted:
            return
        self.all_hold &= holds
        self.lines.append((claim, figure, holds))
        self._note({"claim": claim, **vars(CLAIMS[claim]), "figure": figure, "holds": bool(holds)})
        print(f"{claim:<4} {'holds' if holds else 'falls short':<12} {figure}", flush=True)

    def broke(self, claims: tuple[str, ...], why: Exception) -> None:
        for claim in claims:
            if claim in self.wanted:
                self.all_hold = False
                words = f"{type(why).__name__}: {why}"[:200]
                self._note({"claim": claim, **vars(CLAIMS[claim]), "broke": words})
                print(f"{claim:<4} broke        {words}", flush=True)

    @staticmethod
    def _note(facts: dict[str, object]) -> None:
        if path := os.environ.get("PROOF_FIGURES"):
            with open(path, "a", encoding="utf-8") as file:
                file.write(json.dumps(facts) + "\n")
