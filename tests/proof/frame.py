"""What a proof says of itself, and where its figure goes: see docs/security.md and the like.

Under `script/test` a proof tries a few and must hold. Under `script/prove` it tries all, and what
it measured is gathered in the file that PROOF_FIGURES names, a line of JSON for each.
"""

import json
import os
from dataclasses import dataclass
from typing import Any

WHOLE = os.environ.get("PROVE") == "whole"


@dataclass(frozen=True)
class Claim:
    """All four are written out in the module, where script/prove reads them without running it."""

    id: str
    says: str
    how: str
    goal: str


@dataclass(frozen=True)
class Measuring:
    claim: Claim

    def measured(self, figure: str, holds: bool) -> None:
        """Say the figure once all of it is known. Raises AssertionError where it falls short."""
        note(self.claim.id, figure=figure, holds=bool(holds))
        if not holds:
            raise FellShort(f"{self.claim.id}: {figure}; the goal is: {self.claim.goal}")


class FellShort(AssertionError):
    """Noted already, unlike what breaks in a proof before it has a figure."""


def note(claim: str, **facts: Any) -> None:
    """At once and in one write, so that neither a crash nor a neighbour takes it away."""
    if path := os.environ.get("PROOF_FIGURES"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"claim": claim, **facts}) + "\n")
