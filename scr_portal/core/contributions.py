"""When a lower room needs something from a higher one, it asks and the higher one contributes.

``settings.CONTRIBUTIONS`` names, for every question that can be asked, the functions that answer.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _function(path: str) -> Callable[..., list[Any]]:
    return import_string(path)


def collect(question: str, *args: Any) -> list[Any]:
    """All answers in the order of the settings; raises KeyError for a question nobody listed."""
    return [
        answer for path in settings.CONTRIBUTIONS[question] for answer in _function(path)(*args)
    ]
