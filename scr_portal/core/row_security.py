"""Policies of PostgreSQL on the tables of a case: a second wall behind ``visible_to``.

They hold for the application's role, which owns nothing; the owner migrates and is not held.
Every ``SELECT`` in brackets is worked out once for a statement, not once for a row.
"""

from django.db.migrations import RunSQL

PORTAL = "(SELECT acting_portal())"
PERSON = "(SELECT acting_person())"
BOARDS = "ANY ((SELECT acting_boards())::bigint[])"
ALONE = "ANY ((SELECT acting_alone())::bigint[])"
REVIEWS = "ANY ((SELECT acting_reviews())::uuid[])"
CLOSED = "ANY ((SELECT acting_closed())::uuid[])"


def reaches(
    board: str = "board_id", review: str = "review_id", *, alone: bool = True, also: str = ""
) -> str:
    """The review is in reach by itself or by its board, and the person is not recused from it.

    ``alone``: there may be rows that belong to no review. ``also`` is one more condition.
    """
    return (
        f"{PORTAL} OR {review} = {REVIEWS}"
        f" OR ({board} = {BOARDS} AND ({review} = {CLOSED}) IS NOT TRUE)"
        + (f" OR ({review} IS NULL AND {board} = {ALONE})" if alone else "")
        + (f" OR {also}" if also else "")
    )


def case_rows(*tables: str, using: str | None = None, also: str = "") -> list[RunSQL]:
    """Closes tables; ``also`` opens them to one more condition, ``using`` is instead of all."""
    condition = using or reaches(also=also)
    # One operation for all of them: Django copies its picture of every model for each.
    return [
        RunSQL(
            [words for table in tables for words in _closed(table, condition)],
            [words for table in tables for words in _opened(table)],
        )
    ]


def rows_of_reviews(*tables: str, also: str = "") -> RunSQL:
    """Takes out of policies what is said of rows without a review, where there can be none.

    Whatever a policy says is planned again in every statement that names the table. For a migration
    that is not atomic: held together, locks on many tables wait for readers who wait for them.
    """
    now, before = reaches(alone=False, also=also), reaches(also=also)
    return RunSQL(
        [f"ALTER POLICY reach ON {table} USING ({now})" for table in tables],
        [f"ALTER POLICY reach ON {table} USING ({before})" for table in tables],
    )


def _closed(table: str, condition: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY reach ON {table} USING ({condition})",
    ]


def _opened(table: str) -> list[str]:
    return [f"DROP POLICY reach ON {table}", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
