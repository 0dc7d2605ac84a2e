"""A refusal at an address that exists is kept: who, which page, and nothing of what stands there.

What one may not see and what does not exist are the same here too: the same event in the same
chain, so that neither the record nor the time it takes tells them apart.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from scr_portal.audit import operations as audit

REFUSALS = {403, 404, 429}
SECRETS = {"token", "key"}


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in REFUSALS and request.resolver_match:
            _keep(request, response.status_code)
        return response


@transaction.atomic
def _keep(request: HttpRequest, status: int) -> None:
    match = request.resolver_match
    assert match is not None
    person = request.user if request.user.is_authenticated else None
    audit.record(
        kind=audit.Event.ACCESS_REFUSED,
        by=person,
        # A token in an address opens what it is for: ids alone are kept.
        label=" ".join(
            f"{name} {value}" for name, value in match.kwargs.items() if name not in SECRETS
        ),
        changes={"page": match.view_name, "method": request.method, "status": status},
    )
