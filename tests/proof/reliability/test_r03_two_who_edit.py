"""Pairs who save one answer at the same moment, on the same field and on two."""

from functools import partial

import pytest

from quality_markers.assessments import rules
from quality_markers.assessments.models import Answer
from tests.proof.frame import Claim
from tests.proof.reliability.seeded import seed
from tests.together import at_once

CLAIM = Claim(
    id="R3",
    says="Of two who write one answer at once neither loses a text without being told",
    how="Pairs of requests begun at the same moment on connections of their own, half of them on "
    "one field and half on two; then the answer and the page of whoever came second are read",
    goal="0 silent losses in 1,000 pairs, whoever came second sees both texts",
)
ADDRESS = "answer/12/4/"


@pytest.mark.timeout(1200)
def test_pairs_on_one_answer(claim, scale, sign_in, transactional_db):
    pairs = scale(quick=12, whole=1_000)
    seeded = seed(reviews=1)
    people = [seeded.cast.lead, seeded.cast.unit]
    clients = [sign_in(person) for person in people]
    address = f"{seeded.passes[0].get_absolute_url()}{ADDRESS}"
    trouble = []
    for number in range(pairs):
        fields = ["narrative", "narrative"] if number % 2 else ["narrative", "evidence"]
        texts = [f"By the lead, {number}", f"By the unit, {number}"]
        version = rules.token(Answer, rules.texts_of(Answer, Answer.objects.first()))
        answers = at_once(
            *(
                partial(client.post, address, {"version": version, field: text})
                for client, field, text in zip(clients, fields, texts, strict=True)
            )
        )
        trouble += _wrong(fields, texts, answers)
    claim.measured(
        figure=f"{pairs:,} pairs, {len(trouble)} silent losses or pages without both texts"
        + "".join(f": {each}" for each in trouble[:1]),
        holds=not trouble,
    )


def _wrong(fields: list[str], texts: list[str], answers: list) -> list[str]:
    """Whoever was told that it is saved finds it there; whoever was not, sees both."""
    if raised := [answer for answer in answers if isinstance(answer, Exception)]:
        return [repr(each) for each in raised]
    row = Answer.objects.get()
    statuses = sorted(answer.status_code for answer in answers)
    wanted = [302, 302] if fields[0] != fields[1] else [302, 409]
    found = [] if statuses == wanted else [f"{fields}: {statuses}"]
    for field, text, answer in zip(fields, texts, answers, strict=True):
        if answer.status_code == 302 and getattr(row, field) != text:
            found.append(f"{text!r} was said to be saved")
        if answer.status_code == 409 and not all(each in answer.content.decode() for each in texts):
            found.append(f"{text!r} is lost on the page that refuses it")
    return found
