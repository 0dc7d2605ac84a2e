"""What the pages of taking part share: whose page it is, and how one gets back to it."""

import secrets
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from families.people.models import Person
from reviews.case.models import Review
from scr_portal.drafts.restoring import restore_into


def person_of(review: Review, pk: int) -> Person:
    return get_object_or_404(review.family, pk=pk)


def page_of(person: Person, part: str = "") -> str:
    url = reverse("families:involved", args=[person.review_id, person.pk])
    return f"{url}#{part}" if part else url


def page_of_all(review: Review) -> str:
    return reverse("families:involvement", args=[review.pk])


def begun(request: HttpRequest, key: str, **first: Any) -> dict[str, Any]:
    """Initial data: ours, then what was typed and not sent; a token that is new each time."""
    return first | (restore_into(request, key) or {}) | {"token": secrets.token_hex(16)}
