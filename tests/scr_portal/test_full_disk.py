from django.db import OperationalError
from psycopg2.errors import DiskFull

from tests.builders import a_review


class Full(DiskFull):
    pgcode = "53100"


def test_a_full_disk_of_the_database_is_said(cast, sign_in, monkeypatch):
    review = a_review(cast)

    def full(*args, **kwargs):
        raise OperationalError("could not extend file") from Full("could not extend file")

    monkeypatch.setattr("scr_portal.audit.operations.record", full)
    answer = sign_in(cast.unit).get(review.get_absolute_url())
    assert answer.status_code == 503
    said = answer.content.decode()
    assert "There is no room left" in said
    assert "extend file" not in said
