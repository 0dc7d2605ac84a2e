"""Every event has a sentence, and whoever records one gives it all the words of the sentence.

Read from the source, so that a sentence with a hole is found before anybody opens a history.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from reviews.case.timeline import told
from scr_portal.audit.events import Event
from scr_portal.audit.groups import GROUPS
from scr_portal.audit.models import AuditEvent
from scr_portal.audit.sentences import SENTENCES
from scr_portal.core import clock

ROOT = Path(__file__).parents[2]
PACKAGES = ("scr_portal", "reviews", "families", "quality_markers")
GIVEN = {"who", "label"}
# Kinds that come in a variable: the function that records them is tested where it lives.
PASSED_ON = "a variable"


def placeholders(event: Event) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(SENTENCES[event])) if name}


def kinds(node: ast.expr) -> list[str]:
    """``Event.X`` or ``audit.Event.X``, alone or as the two arms of a condition."""
    if isinstance(node, ast.IfExp):
        return kinds(node.body) + kinds(node.orelse)
    if isinstance(node, ast.Attribute) and node.attr in Event.__members__:
        return [node.attr]
    return []


def dictionary(node: ast.expr | None, scope: ast.AST) -> set[str] | None:
    """Keys of a literal, or of the literal that a local name holds; None where neither is seen."""
    if node is None:
        return set()
    if isinstance(node, ast.Dict):
        return {key.value for key in node.keys if isinstance(key, ast.Constant)}
    if isinstance(node, ast.BinOp):
        left, right = dictionary(node.left, scope), dictionary(node.right, scope)
        return None if left is None or right is None else left | right
    if isinstance(node, ast.Name):
        for found in ast.walk(scope):
            targets = found.targets if isinstance(found, ast.Assign) else []
            if any(isinstance(t, ast.Name) and t.id == node.id for t in targets):
                return dictionary(found.value, scope)
    return None


def recordings() -> Iterator[tuple[str, str, set[str] | None]]:
    """Place, kind and the keys of ``changes`` of every call of ``audit.record``."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for scope in ast.walk(tree):
                if isinstance(scope, ast.FunctionDef):
                    yield from _in(scope, path.relative_to(ROOT))


def _in(scope: ast.FunctionDef, path: Path) -> Iterator[tuple[str, str, set[str] | None]]:
    for call in ast.walk(scope):
        if not (isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "record"):
            continue
        told = {word.arg: word.value for word in call.keywords}
        if "kind" in told:
            for kind in kinds(told["kind"]):
                yield f"{path}:{call.lineno}", kind, dictionary(told.get("changes"), scope)


CALLS = list(recordings())


@pytest.mark.parametrize(("place", "kind", "given"), CALLS, ids=[f"{p} {k}" for p, k, _ in CALLS])
def test_an_event_is_recorded_with_every_word_of_its_sentence(place, kind, given):
    wanted = placeholders(Event[kind]) - GIVEN
    assert not wanted or given is not None, f"{place}: give changes as a literal"
    assert wanted <= (given or set()), f"{place}: {kind} wants {sorted(wanted)}"


def test_many_recordings_were_found():
    assert len(CALLS) > 30


@pytest.mark.parametrize("event", Event)
def test_every_event_makes_a_sentence(event):
    row = AuditEvent(
        kind=event.value,
        at=clock.now(),
        actor_name="Somebody {who}",
        target_label="Child {label}",
        changes=dict.fromkeys(placeholders(event) - GIVEN, "2026-03-02"),
    )
    (line,) = told([row])
    assert line["sentence"]
    assert "…" not in line["sentence"]
    if placeholders(event) - GIVEN:
        assert "2 March 2026" in line["sentence"]


def test_every_event_of_a_review_is_in_one_group_of_the_filter():
    """Those outside speak of the portal: signing in, accounts, boards, the catalogue."""
    grouped = [kind for group in GROUPS.values() for kind in group.kinds]
    assert len(grouped) == len(set(grouped))
    portal = ("sign", "session", "password", "factor", "invit", "board", "account", "agency")
    portal += ("closure", "profile", "catalogue", "notification", "reviewer_", "reference_")
    left = {event for event in Event if event not in grouped}
    assert all(event.value.startswith(portal) for event in left), left
