"""How the invented cases were referred, and what board members and others have sent in."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from reviews.decisions.referrals import operations
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.criteria import criteria_of
from reviews.decisions.referrals.models import LearningPriority, Tag
from scr_portal.accounts.models import Board, User
from scr_portal.core import clock
from scr_portal.guests.models import GuestLetter

DATA = Path(__file__).parent / "data" / "referrals.toml"
PROFILE = "wt2018"
ANSWERS = {"y": "yes", "n": "no", "?": "unknown"}

Cast = Mapping[str, User]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def keep_priorities(board: Board, cast: Cast) -> None:
    for title in _data()["priorities"]:
        operations.add_priority(board=board, title=title, by=cast["unit"])


def tested(pseudonym: str) -> dict[str, Any]:
    """What ``refer`` takes besides the words of the referral."""
    row = _data()["case"][pseudonym]
    kinds = {"adults": Tag.Kind.ADULT, "settings": Tag.Kind.SETTING, "others": Tag.Kind.OTHER}
    return {
        "clauses": _clauses(row["clauses"], row["note"]),
        "tags": [(kind, tag) for name, kind in kinds.items() for tag in row.get(name, [])],
    }


def more_of(board: Board, pseudonym: str) -> dict[str, Any]:
    """Columns of the referral."""
    row = _data()["case"][pseudonym]
    priority = LearningPriority.objects.filter(board=board, title=row.get("priority", ""))
    return {"urgent_risks": row.get("urgent", ""), "priority": priority.first()}


def _clauses(said: str, note: str = "") -> dict[str, tuple[str, str]]:
    keys = [clause.key for clause in criteria_of(PROFILE).clauses]
    return {
        key: (ANSWERS[mark], note if number == 0 else "")
        for number, (key, mark) in enumerate(zip(keys, said, strict=True))
    }


def send_in(board: Board, cast: Cast) -> None:
    """Two that wait to be looked at, and a link that has not been used. No letter goes out."""
    for row in _data()["sent"]:
        with clock.pretend(timezone.now() - timedelta(days=row["days_ago"])):
            _send(row, board, cast)
    for row in _data()["link"]:
        operations.ask_outside(board=board, by=cast["unit"], **row)
    GuestLetter.objects.update(done_at=timezone.now())


def _send(row: dict[str, Any], board: Board, cast: Cast) -> None:
    today = clock.today()
    texts = {name: row.get(name, "") for name in ("adults", "settings", "others", "delay_reason")}
    texts |= {"ground": "criteria", "incident_on": today - timedelta(days=row["incident"])}
    texts |= {"aware_on": today - timedelta(days=row["aware"])}
    answers = Answers.from_form(PROFILE, row | texts, _clauses(row["clauses"])).kept
    if row["by"] == "member":
        operations.send(board=board, answers=answers, token="demonstration", by=cast["member"])  # noqa: S106
        return
    link = operations.ask_outside(
        board=board, name=row["name"], email=row["email"], days=21, by=cast["unit"]
    )
    operations.send_as_guest(link=link, answers=answers)
