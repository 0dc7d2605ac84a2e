import logging
import sys

from django.conf import settings
from django.utils.module_loading import import_string

from scr_portal.core.failures import without_words


def caught():
    try:
        try:
            raise KeyError("row " + "3")
        except KeyError as error:
            raise ValueError("reader" + "@" + "example.org") from error
    except ValueError as error:
        return error, sys.exc_info()


def test_what_and_where_without_the_words():
    told = without_words(caught()[0])
    assert told.index("ValueError") < told.index("KeyError")
    assert "in caught" in told
    assert "row 3" not in told and "@example" not in told


def test_the_log_of_the_portal_is_written_so():
    line = dict(settings.LOGGING["formatters"]["line"])
    formatter = import_string(line.pop("()"))(**line)
    words = "the words of row " + str(3)
    try:
        raise ValueError(words)
    except ValueError:
        record = logging.LogRecord("django", 40, "", 1, "It failed", (), sys.exc_info())
    record.reference = "-"
    told = formatter.format(record)
    assert "It failed" in told and "ValueError" in told
    assert words not in told
