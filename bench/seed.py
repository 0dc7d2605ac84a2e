"""Reviews, passes and answers by the thousand: PostgreSQL makes the rows itself.

Triggers are off while it does: they guard what people do. Constraints hold.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, models

from quality_markers.assessments.models import Answer, AnswerText, Pass, Reflection
from quality_markers.catalogue.models import CatalogueVersion
from reviews.case.lifecycle import Stage
from reviews.case.models import Deadline, Review
from reviews.signatures.models import Signature
from scr_portal.accounts.models import Board, BoardRole, User
from scr_portal.core import clock
from tests.cast import Cast

PURPOSES = list(Pass.Purpose)
JUDGEMENTS = "(ARRAY['in_place', 'partly', 'not_in_place', 'not_considered', 'in_place'])"
WORDS = "What agencies knew, when they knew it, and what they made of it together. "
MARKED = "quality_markers"


def boards(number: int) -> list[Board]:
    names = [f"Invented LSCB {at}" for at in range(number)]
    rows = (
        Board(name=name, slug=name.lower().replace(" ", "-"), is_invented=True) for name in names
    )
    return Board.objects.bulk_create(rows)


def people(boards: Sequence[Board], number: int) -> None:
    """Members and auditors in turn, and of each board one who keeps its dates."""
    rows = (
        User(email=f"invented.{at}@example.org", name=f"Invented {at}", password="!")  # noqa: S106
        for at in range(number)
    )
    made = User.objects.bulk_create(rows)
    roles = [*["unit"] * len(boards), *["member", "auditor"] * number]
    since = clock.today() - timedelta(days=400)
    BoardRole.objects.bulk_create(
        BoardRole(user=user, board=boards[at % len(boards)], role=roles[at], starts=since)
        for at, user in enumerate(made)
    )


def reviews(cast: Cast, number: int, boards: Sequence[Board] = ()) -> list[Review]:
    """Of the cast's board or of these in turn, at every stage, referred in the last ten years."""
    boards = boards or [cast.board]
    stages = list(Stage)
    today = clock.today()
    made = []
    for i in range(number):
        day = today - timedelta(days=3 * i % 3650)
        made.append(
            Review(
                board=boards[i % len(boards)],
                reference=f"SCR-{i:05}-{uuid4().hex[:6]}",
                pseudonym=f"Child {i}",
                stage=stages[i % len(stages)],
                outcome=Review.Outcome.REVIEW,
                profile="wt2015",
                incident_on=day,
                referred_on=day,
                created_by=cast.unit,
            )
        )
    with _without_triggers():
        return Review.objects.bulk_create(made, batch_size=500)


def passes(
    of: Sequence[Review], each: int, cast: Cast, catalogue: CatalogueVersion, *, last_open: bool
) -> list[Pass]:
    """``each`` passes of every review with all answers, signed but perhaps the last."""
    rows = [
        Pass(
            review=review,
            board_id=review.board_id,
            catalogue=catalogue,
            number=number,
            purpose=PURPOSES[min(number, len(PURPOSES)) - 1],
            opened_by=cast.lead,
            state=Pass.State.SUBMITTED,
            submitted_by=cast.lead,
            submitted_at=clock.now(),
        )
        for review in of
        for number in range(1, each + 1)
    ]
    with _without_triggers():
        made = Pass.objects.bulk_create(rows, batch_size=1000)
        numbers = [one.pk for one in made]
        _markers(numbers)
        _texts(numbers)
        _sign([one for one in made if not (last_open and one.number == each)], cast)
    if last_open:
        Pass.objects.filter(pk__in=numbers, number=each).update(state=Pass.State.OPEN)
    return made


def earlier_texts(assessment: Pass, number: int) -> None:
    """As many of each answer of the pass as ``number`` says."""
    with _without_triggers():
        _insert(
            AnswerText,
            {
                **dict.fromkeys(("review_id", "board_id", "by_id", "at", "judgement"), ""),
                "answer_id": "a.id",
                "version": "n",
                "narrative": f"repeat('{WORDS}', 1 + n %% 5)",
            },
            f"{MARKED}_answer a, generate_series(1, %s) n WHERE a.assessment_id = %s",
            [number, assessment.pk],
            alias="a",
        )
        Answer.objects.filter(assessment=assessment).update(version=number + 1)


def fill(assessment: Pass) -> None:
    """Every answer with three paragraphs: the pass is 60 pages or so on paper."""
    narrative = "\n\n".join([(WORDS * 5).strip()] * 3)
    Answer.objects.filter(assessment=assessment).update(narrative=narrative)


def deadlines(each: int, due: int) -> int:
    """``each`` open dates of every review, ``due`` of them all with a step of the ladder today."""
    today = clock.today()
    with _without_triggers():
        _insert(
            Deadline,
            {
                **dict.fromkeys(("board_id",), ""),
                "review_id": "r.id",
                "key": "'seeded-' || n",
                "label": "'Invented date ' || n",
                "limit_on": f"'{today}'::date + (n %% 700)::int + 60",
                "due_on": f"'{today}'::date + (n %% 700)::int + 60",
                "remind_on": f"'{today}'::date + (n %% 700)::int + 46",
            },
            "reviews_review r, generate_series(1, %s) n",
            [each],
            alias="r",
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_deadline SET due_on = %s, limit_on = %s, remind_on = %s WHERE id IN "
            "(SELECT id FROM reviews_deadline WHERE key LIKE 'seeded-%%' ORDER BY id LIMIT %s)",
            [today, today, today, due],
        )
    return Deadline.objects.count()


def events(each: int) -> int:
    """Of every review without a history, as the chain would have them; the hashes are no hashes."""
    head = f"SELECT r.id::text, {int(each)}, repeat('0', 64) FROM reviews_review r"  # noqa: S608
    with _without_triggers(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent (at, kind, actor_id, actor_name, board_id, review_id,"
            " target_type, target_id, target_label, changes, chain, sequence, previous_hash, hash)"
            " SELECT now() - n * interval '1 hour', 'answered', r.created_by_id, 'Somebody',"
            " r.board_id, r.id, 'quality_markers.answer', n::text, '1.1', '{}', r.id::text, n,"
            " repeat('0', 64), repeat('0', 64) FROM reviews_review r, generate_series(1, %s) n"
            " WHERE NOT EXISTS (SELECT FROM audit_chainhead h WHERE h.chain = r.id::text)",
            [each],
        )
        made = cursor.rowcount
        cursor.execute(
            f"INSERT INTO audit_chainhead (chain, sequence, hash) {head} ON CONFLICT DO NOTHING"
        )
    return made


def settle() -> None:
    """As autovacuum would have done by the time that anybody comes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class _without_triggers:
    def __enter__(self) -> None:
        self._role("replica")

    def __exit__(self, *_error: Any) -> None:
        self._role("origin")

    @staticmethod
    def _role(name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET session_replication_role = {name}")


def _markers(numbers: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {MARKED}_pass_markers (pass_id, marker_id) "  # noqa: S608
            f"SELECT p.id, m.id FROM {MARKED}_pass p "
            f"JOIN {MARKED}_marker m ON m.version_id = p.catalogue_id WHERE p.id = ANY(%s)",
            [numbers],
        )


def _texts(numbers: list[int]) -> None:
    of_pass = {
        **dict.fromkeys(("review_id", "board_id"), ""),
        "by_id": "p.opened_by_id",
        "at": "p.opened_at",
        "since": "p.opened_at",
        "assessment_id": "p.id",
        "version": "1",
    }
    tables = f"{MARKED}_pass p JOIN {MARKED}_marker m ON m.version_id = p.catalogue_id"
    answers = {
        "question_id": "q.id",
        "judgement": f"{JUDGEMENTS}[1 + (p.id * 7 + q.id * 13) %% 5]",
        "narrative": f"repeat('{WORDS}', (1 + (p.id + q.id) %% 8)::int)",
        "evidence": "'Minutes of the panel, item ' || q.number",
    }
    question = f"JOIN {MARKED}_question q ON q.marker_id = m.id WHERE p.id = ANY(%s)"
    _insert(Answer, of_pass | answers, f"{tables} {question}", [numbers], alias="p")
    reflections = {"marker_id": "m.id", "text": f"repeat('{WORDS}', 3)"}
    _insert(
        Reflection, of_pass | reflections, f"{tables} WHERE p.id = ANY(%s)", [numbers], alias="p"
    )


def _insert(
    model: type[models.Model],
    said: dict[str, str],
    source: str,
    values: list[Any],
    *,
    alias: str,
) -> None:
    """``said``: SQL by column; empty where the source has a column of that name.

    Every other column gets what the model would give it.
    """
    columns, terms, defaults = [], [], []
    for field in model._meta.concrete_fields:
        if field.primary_key or field.column is None:
            continue
        columns.append(field.column)
        if field.column in said:
            terms.append(said[field.column] or f"{alias}.{field.column}")
        else:
            terms.append("%s")
            defaults.append(field.get_default())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(terms)} FROM {source}",
            [*defaults, *values],
        )


def _sign(of: list[Pass], cast: Cast) -> None:
    Signature.objects.bulk_create(
        (
            Signature(
                review_id=one.review_id,
                board_id=one.board_id,
                target_type=Pass._meta.label_lower,
                target_id=str(one.pk),
                title="A self-assessment",
                statement="Accepted.",
                content="{}",
                sha256="0" * 64,
                signer=cast.chair,
                signer_name=str(cast.chair),
                permission="reviews.read_markers",
                method=Signature.Method.PASSWORD,
            )
            for one in of
        ),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {MARKED}_pass p SET state = 'accepted', signature_id = s.id "  # noqa: S608
            "FROM reviews_signature s WHERE s.target_type = %s AND s.target_id = p.id::text "
            "AND p.id = ANY(%s)",
            [Pass._meta.label_lower, [one.pk for one in of]],
        )
