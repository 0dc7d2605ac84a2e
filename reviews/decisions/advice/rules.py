"""Who asks members, and when; and who is heard."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.decisions.advice.models import InputRequest
from reviews.permissions import Permission

About = InputRequest.About

# Who asks for input, reads it and gives it up.
ASKERS: dict[str, tuple[Permission, ...]] = {
    About.DECISION: (Permission.EDIT, Permission.SIGN),
    About.TERMS: (Permission.WRITE_SCOPE, Permission.SIGN),
}
PAGES: dict[str, str] = {About.DECISION: "reviews:inputs", About.TERMS: "reviews:terms_inputs"}
ASK_PAGES: dict[str, str] = {
    About.DECISION: "reviews:inputs_ask",
    About.TERMS: "reviews:terms_inputs_ask",
}
HEADINGS: dict[str, Any] = {
    About.DECISION: _("Input of members on the decision"),
    About.TERMS: _("Input of members on the terms of reference"),
}


def may_ask(user: Any, about: str, review: Review) -> bool:
    return any(user.has_perm(permission, review) for permission in ASKERS[about])


def against_advising(review: Review) -> str:
    """Why the chair can't be advised on the decision at this stage; empty where they can."""
    if review.stage in {Stage.REFERRED, Stage.CONSIDERING}:
        return ""
    return str(_("The chair is advised on a decision before it is taken."))
