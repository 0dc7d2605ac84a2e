"""A module's people and papers are made once; what one test does to them is gone for the next."""

import copy
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from scr_portal.accounts import sessions


@pytest.fixture(scope="module")
def _laid(request, django_db_setup, django_db_blocker) -> Iterator[Any]:
    """What the module's ``make`` returns, in a transaction around all of its tests.

    pytest-django puts a savepoint around each of them, with its signing in and whatever it writes.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield request.module.make()
        transaction.set_rollback(True)


@pytest.fixture
def laid(_laid, db):
    """Objects of this test's own: a person remembers permissions, a review who asked."""
    return copy.deepcopy(_laid)


@pytest.fixture
def quiet(monkeypatch) -> Iterator[None]:
    """Hundreds of requests of which nobody reads the log, the contexts or when they came."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    monkeypatch.setattr(sessions, "STEP", sessions.STEP * 1000)
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
