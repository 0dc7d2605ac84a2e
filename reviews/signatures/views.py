import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.signatures.models import Signature
from reviews.signatures.operations import canonical, digest
from scr_portal.core.contributions import collect


@review_view(Permission.VIEW)
def signature(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """What was signed, and whether content, hash and the record of today agree."""
    found = review.signatures.filter(pk=pk).first()
    if found is None or not request.user.has_perm(found.permission, review):
        raise Http404
    today = collect("signed", found)
    checks = {
        "hash_agrees": digest(found.content) == found.sha256,
        "record_agrees": bool(today) and digest(canonical(today[0])) == found.sha256,
    }
    return render(
        request,
        "reviews/signatures/signature.html",
        {"review": review, "signature": found, "content": _readable(found), **checks},
    )


def _readable(found: Signature) -> list[tuple[int, str, str]]:
    """The signed content as lines: depth, name, words. What was left empty is left out."""
    lines: list[tuple[int, str, str]] = []

    def walk(value: Any, depth: int, name: str) -> None:
        if isinstance(value, dict):
            if name:
                lines.append((depth, name, ""))
            for key, inner in value.items():
                walk(inner, depth + bool(name), key.replace("_", " "))
        elif isinstance(value, list):
            for number, inner in enumerate(value, 1):
                walk(inner, depth, f"{name} {number}")
        elif value not in ("", None):
            lines.append((depth, name, str(value)))

    walk(json.loads(found.content), 0, "")
    return lines
