"""The log of a worker of its own, which reads what is committed.

Apart from the other proofs of S15, whose world lies in a transaction until their module ends.
"""

from django.db import connection

from scr_portal.celery import app
from tests.owner import as_owner
from tests.processes import until
from tests.proof.security.test_s15_words import CLAIM, WORD

__all__ = ["CLAIM"]


def test_a_real_worker_writes_no_words_of_an_error(processes, claim):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION 'Failing row contains ({WORD})'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE DELETE ON drafts_draft "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse()"
        )
    try:
        processes.worker()
        app.send_task("scr_portal.drafts.tasks.purge")
        until(lambda: "raised unexpected" in processes.log("worker"), "a failure", 60)
        found = processes.log("worker").count(WORD)
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER refuse ON drafts_draft; DROP FUNCTION refuse()")
    claim.measured(f"{found} words in the log of a real worker whose task failed", found == 0)
