"""What makes a reviewer independent of a case, said in sentences (QM 6, 7)."""

from typing import Any

from django.utils.translation import gettext as _

from reviews.scoping.reviewers.models import IndependenceDeclaration, Reviewer
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason


def ties(declaration: IndependenceDeclaration) -> str:
    """What ties the person to the case; empty for one who is independent."""
    employed = _("employed by an agency of the case")
    if declaration.agency_id:
        employed = _("employed by %(agency)s") % {"agency": declaration.agency}
    said = [
        (declaration.employed, employed),
        (declaration.managed, _("managed or advised on the case")),
        (declaration.related, _("related to the family or to somebody who worked with it")),
    ]
    return "; ".join(words for applies, words in said if applies)


def answer(declaration: IndependenceDeclaration) -> str:
    return _("independent") if declaration.is_independent else _("not independent")


def not_independent(declaration: IndependenceDeclaration, *, whole: bool) -> str:
    """Why the person does not review this case; ``whole`` for who may read the declaration."""
    said = {"who": declaration.reviewer, "day": on_screen(declaration.declared_on)}
    if not whole:
        return _("%(who)s can't be a reviewer of this case.") % said
    return _(
        "%(who)s is not independent by the declaration of %(day)s: %(ties)s. Whoever reviews a "
        "case must be free of its agencies and of what was done in it."
    ) % (said | {"ties": ties(declaration)})


def against_engaging(
    reviewer: Reviewer, newest: IndependenceDeclaration | None, declare_url: str
) -> list[Reason]:
    if reviewer.retired_at:
        return [Reason(_("%(who)s has left the register.") % {"who": reviewer})]
    if newest is None:
        return [no_declaration(reviewer, declare_url)]
    if not newest.is_independent:
        return [Reason(not_independent(newest, whole=True))]
    return []


def no_declaration(who: Any, declare_url: str) -> Reason:
    return Reason(
        _("No declaration of independence of %(who)s.") % {"who": who},
        declare_url,
        _("Record it"),
    )
