"""The lifecycle as a page of docs/, so that what is written down is what the code does."""

from reviews.case.lifecycle import LIFECYCLE, WAITS_FOR, Stage
from reviews.permissions import MATRIX, Role
from scr_portal.core.workflow import Move

_HEAD = """# The stages of a review

Printed from the table in `reviews/case/lifecycle.py` by `manage.py print_lifecycle`; a test holds
this page to it. PostgreSQL refuses every move that is not here, also from SQL by hand. While a
review is paused no move is made. What else stands against a move is said by the rooms concerned,
with the place where it is put right.
"""


def as_markdown() -> str:
    diagram = f"```mermaid\n{LIFECYCLE.mermaid()}```\n"
    return "\n".join([_HEAD, diagram, _moves(), _holders()])


def _moves() -> str:
    lines = ["## Moves\n", "| from | to | called | permission | held by |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *(_move(move) for move in LIFECYCLE)]) + "\n"


def _move(move: Move) -> str:
    roles = ", ".join(str(role.label) for role in Role if move.permission in MATRIX[role])
    called = f"{move.label} (back, with a reason)" if move.back else str(move.label)
    cells = [Stage(move.source).label, Stage(move.target).label, called, f"`{move.permission}`"]
    return "| " + " | ".join([*map(str, cells), roles]) + " |"


def _holders() -> str:
    lines = ["## Who is waited for\n", "| stage | waits for |", "|---|---|"]
    rows = [
        f"| {stage.label} | {WAITS_FOR[stage].label if stage in WAITS_FOR else 'nobody'} |"
        for stage in Stage
    ]
    return "\n".join([*lines, *rows]) + "\n"
