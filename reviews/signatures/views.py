import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.signatures import rules
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
    content = rules.readable(json.loads(found.content), _words(found))
    return render(
        request,
        "reviews/signatures/signature.html",
        {"review": review, "signature": found, "content": content, **checks},
    )


def _words(found: Signature) -> dict[str, Any]:
    return {
        name: words
        for each in collect("signed_words", found.target_type)
        for name, words in each.items()
    }
