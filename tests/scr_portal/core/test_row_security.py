"""PostgreSQL by itself: no view, no ``visible_to``, only for whom a statement acts."""

import threading

import pytest
from celery import current_app
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from reviews.acting import reach_of_person
from reviews.case.lifecycle import Stage
from reviews.case.models import Appointment, Child, Recusal, Review
from reviews.case.operations import people
from scr_portal.accounts.models import BoardRole
from scr_portal.audit.models import AuditEvent
from scr_portal.core import acting
from scr_portal.core.checks import row_level_security_holds
from scr_portal.drafts.models import Draft
from tests import builders
from tests.cast import Cast, gather
from tests.owner import ROLE, as_owner

# Registers and settings of a board, and links between rows that are closed themselves.
OPEN = {
    "accounts_agency": "who works with the board",
    "accounts_boardrole": "who may do what",
    "accounts_closure": "days on which the board is closed",
    "accounts_invitation": "who was asked to open an account",
    "families_lettertemplate": "the board's own wording, before it is written to anybody",
    "quality_markers_catalogueversion": "questions, no answers",
    "quality_markers_theme": "the board's words for what it learned",
    "reviews_learningpriority": "what the board wants to learn about",
    "reviews_returnquestion": "questions, no answers",
    "reviews_reviewer": "the board's register of reviewers, read by whoever works with one",
    "reviews_schedule": "how long the board keeps what",
    "reviews_tag": "the board's words",
}
NO_CASE = {"pulse", "clear_sessions"}


@pytest.fixture
def two(db):
    """A review on each of two boards, everybody appointed on the first."""
    cast = gather()
    mine = builders.review_at(Stage.UNDER_WAY, cast)
    cast.on(mine)
    elsewhere = Cast(cast.other_board, cast.board, cast.agency, {"unit": cast.outsider})
    return cast, mine, builders.a_review(elsewhere)


def closed_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class "
            "WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in cursor.fetchall()}


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_every_table_of_a_case_is_closed(db):
    columns = {"board_id", "review_id"}
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if columns & {field.column for field in model._meta.local_concrete_fields}
    }
    assert tables - closed_tables() == set(OPEN)


def test_the_role_of_the_portal_owns_nothing_and_is_held(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLE,)
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb "
            "FROM pg_roles WHERE rolname = %s",
            [ROLE],
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = %s", [ROLE])
        assert cursor.fetchone() == (0,)


def test_nobody_sees_a_row_of_any_closed_table(two):
    seen = {table: rows(table) for table in closed_tables()}
    assert seen["reviews_review"] and seen["audit_auditevent"]
    with acting.nobody():
        assert {table: rows(table) for table in closed_tables()} == dict.fromkeys(seen, 0)


def test_a_person_sees_what_is_in_reach_with_every_filter_off(two):
    cast, mine, theirs = two
    for role in ("unit", "chair", "auditor", "lead", "panel", "liaison"):
        with acting.for_person(reach_of_person(cast.people[role])):
            assert {row.pk for row in Review.objects.all()} == {mine.pk}
            assert set(Child.objects.values_list("review", flat=True)) <= {mine.pk}
    with acting.for_person(reach_of_person(cast.outsider)):
        assert {row.pk for row in Review.objects.all()} == {theirs.pk}
    with acting.for_person(reach_of_person(cast.stranger)):
        assert not Review.objects.exists()


def test_whoever_is_recused_sees_that_and_nothing_else(two):
    cast, mine, _ = two
    people.recuse(review=mine, user=cast.lead, reason="Is related", by=cast.unit)
    people.recuse(review=mine, user=cast.auditor, reason="Is related", by=cast.unit)
    for person in (cast.lead, cast.auditor):
        with acting.for_person(reach_of_person(person)):
            assert not Review.objects.exists()
            assert not Child.objects.exists()
            assert [row.user for row in Recusal.objects.all()] == [person]


def test_a_role_that_has_ended_reaches_nothing(two):
    cast, mine, _ = two
    appointment = Appointment.objects.get(user=cast.lead, review=mine)
    people.end_appointment(appointment=appointment, by=cast.unit)
    BoardRole.objects.filter(user=cast.chair).update(ends="2026-01-01")
    for person in (cast.lead, cast.chair):
        with acting.for_person(reach_of_person(person)):
            assert not Review.objects.exists()


def test_nothing_is_written_beyond_reach(two):
    cast, _, theirs = two
    with acting.for_person(reach_of_person(cast.unit)):
        assert not Review.objects.filter(pk=theirs.pk).update(pseudonym="Child X")
        assert not Child.objects.filter(review=theirs.pk).delete()[0]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Child.objects.bulk_create(
                [Child(review_id=theirs.pk, board_id=theirs.board_id, pseudonym="Child X")]
            )


def test_drafts_are_their_writers_alone(two):
    cast, mine, _ = two
    Draft.objects.create(user=cast.lead, key="x", review_id=mine.pk, board_id=mine.board_id)
    with acting.for_person(reach_of_person(cast.unit)):
        assert not Draft.objects.exists()
    with acting.for_person(reach_of_person(cast.lead)):
        assert Draft.objects.exists()


def test_the_record_is_added_to_and_never_changed(two):
    assert AuditEvent.objects.exists()
    for statement in (
        "UPDATE audit_auditevent SET kind = 'x'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "UPDATE audit_chainhead SET sequence = 1",
        "DELETE FROM audit_chainhead",
        "UPDATE audit_anchor SET trouble = ''",
        "DELETE FROM audit_anchor",
        "TRUNCATE audit_anchor",
        "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
        "ALTER TABLE reviews_review DISABLE ROW LEVEL SECURITY",
        "DROP POLICY reach ON reviews_review",
    ):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT prosecdef FROM pg_proc WHERE proname LIKE 'pgtrigger_chain_%'")
        assert cursor.fetchall() == [(True,)]


def test_it_holds_in_and_after_savepoints(two):
    cast, *_ = two
    with acting.for_person(reach_of_person(cast.unit)), transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert Review.objects.count() == 1
            raise ZeroDivisionError
        assert Review.objects.count() == 1
        with acting.for_portal("a test"):
            assert Review.objects.count() == 2
        assert Review.objects.count() == 1


def test_statements_are_counted_and_shown_as_they_were_given(two):
    with acting.nobody(), CaptureQueriesContext(connection) as asked:
        list(Review.objects.all())
    assert len(asked) == 1
    assert asked.captured_queries[0]["sql"].startswith('SELECT "reviews_review"')


def test_another_thread_acts_for_nobody_of_ours(two):
    cast, *_ = two
    found = []
    with acting.for_person(reach_of_person(cast.unit)):
        other = threading.Thread(target=lambda: found.append(acting.now()))
        other.start()
        other.join()
    assert found[0].person is None


def test_every_task_and_command_says_for_whom_it_acts():
    current_app.loader.import_default_modules()
    ours = ("scr_portal.", "reviews.", "families.", "quality_markers.")
    tasks = [task for name, task in current_app.tasks.items() if name.startswith(ours)]
    assert len(tasks) > 10
    silent = {task.run.__name__ for task in tasks if not hasattr(task.run, "__wrapped__")}
    assert silent == NO_CASE
    commands = [
        load_command_class(app, name)
        for name, app in get_commands().items()
        if isinstance(app, str) and app.startswith(("scr_portal", "reviews", "quality_markers"))
    ]
    silent = {
        type(each).__module__.rpartition(".")[2]
        for each in commands
        if not hasattr(type(each).handle, "__wrapped__")
    }
    assert silent == {"application_role", "print_lifecycle"}


def test_a_review_role_reaches_one_review_and_a_board_role_all(two):
    cast, mine, _ = two
    lead, unit = reach_of_person(cast.lead), reach_of_person(cast.unit)
    assert (lead.boards, lead.reviews) == ((), (mine.pk,))
    assert (unit.boards, unit.reviews) == ((mine.board_id,), ())


def test_a_portal_that_owns_its_tables_is_told_so(db):
    assert row_level_security_holds(["default"]) == []
    with as_owner():
        assert [each.id for each in row_level_security_holds(["default"])] == ["core.W001"]
