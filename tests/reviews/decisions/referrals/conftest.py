import secrets
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from reviews.decisions.referrals import operations
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.models import ReceivedReferral
from scr_portal.guests.models import GuestLink

CLAUSES = {"abuse": "yes", "died": "no", "harmed": "yes", "joint_working": "unknown"}

# What stands in the boxes of the page that members and guests fill in.
SENT = {
    "role": "Named nurse",
    "organisation": "Northmere Hospital",
    "pseudonym": "Child K",
    "harm": "harmed",
    "age_at_incident": "7 months",
    "incident_on_day": "12",
    "incident_on_month": "1",
    "incident_on_year": "2026",
    "aware_on_day": "13",
    "aware_on_month": "1",
    "aware_on_year": "2026",
    "ground": "criteria",
    "rationale": "Three agencies knew of the bruises.",
    "support": "The ward's notes of 12 January.",
    "urgent_risks": "A younger sister sees the same man.",
    "delay_reason": "The ward was closed.",
    "adults": "A12",
    "settings": "Ward 4\nward  4",
    "others": "",
} | {f"clause_{key}": answer for key, answer in CLAUSES.items()}

ANSWERS = Answers.from_form(
    "wt2018",
    SENT
    | {
        "incident_on": date(2026, 1, 12),
        "aware_on": date(2026, 1, 13),
    },
    {key: (answer, "") for key, answer in CLAUSES.items()},
).kept


@pytest.fixture
def visitor(db):
    """A browser with an address of its own, so that no other test has used up its tries."""

    def come(**extra) -> Client:
        a, b, c = secrets.token_bytes(3)
        return Client(REMOTE_ADDR=f"10.{a}.{b}.{c}", **extra)

    return come


@pytest.fixture
def asked(cast) -> GuestLink:
    """A link that the unit sent to somebody outside."""
    return operations.ask_outside(
        board=cast.board, name="Nora Outside", email="nora@example.org", days=21, by=cast.unit
    )


@pytest.fixture
def sent(cast):
    """What a board member has sent in: ``sent(pseudonym="Child L")``."""

    def send(**said) -> ReceivedReferral:
        token = secrets.token_hex(8)
        return operations.send(
            board=cast.board, answers=ANSWERS | said, token=token, by=cast.member
        )

    return send


def page_of(row: ReceivedReferral) -> str:
    return reverse("reviews:received_referral", args=[row.board.slug, row.pk])
