"""What stands on the cover, and under what it was signed."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Pass
from quality_markers.exports.content import voices
from quality_markers.exports.content.names import Names
from quality_markers.exports.content.wish import Wish
from reviews.signatures.models import Signature
from scr_portal.core.book import Closing, Fact
from scr_portal.core.templatetags.portal import day, moment

Rows = list[Fact]


def pass_title(assessment: Pass) -> str:
    return _("Self-assessment %(number)s") % {"number": assessment.number}


def subtitle(assessment: Pass) -> str:
    return str(assessment.get_purpose_display())


def of_pass(wish: Wish, names: Names) -> Rows:
    """What became of the pass; of an act that has not happened there is no line."""
    one = wish.assessment
    signature = signature_of(wish)
    rows = [
        (_("State"), one.get_state_display()),
        (_("Opened"), _act(names, one.opened_at, one.opened_by)),
        (_("Begun again from"), _copied(one)),
        (_("Why it was begun again"), names.text(one.copied_because)),
        (_("Submitted"), _act(names, one.submitted_at, one.submitted_by)),
        (_("Returned"), _act(names, one.returned_at, one.returned_by)),
        (_("Why it came back"), names.text(one.return_reasons)),
        (_("Withdrawn"), _act(names, one.withdrawn_at, one.withdrawn_by)),
        (_("Why it was withdrawn"), names.text(one.withdrawn_reason)),
        (_("Accepted"), _act(names, signature.at, signer(names, signature)) if signature else ""),
        (_("Wording"), voices.wording(one)),
    ]
    return [(label, str(value)) for label, value in rows if value]


def of_copy(wish: Wish, names: Names, markers: list[int]) -> Rows:
    """Of the file itself."""
    made = _("%(moment)s, %(name)s") % {"moment": moment(wish.at), "name": names(wish.user)}
    with_names = _("With names") if wish.is_named else _("Without names: people by what they are")
    with_comments = _("with comments") if wish.with_comments else _("without comments")
    return [
        (_("Markers in this copy"), ", ".join(map(str, markers))),
        (_("What this copy holds"), f"{with_names}, {with_comments}"),
        (_("Protective marking"), str(wish.assessment.review.get_marking_display())),
        (_("This copy made"), made),
        (_("This copy is for"), recipient(wish, names)),
    ]


def made(wish: Wish) -> str:
    return _("Made %(moment)s") % {"moment": moment(wish.at)}


def recipient(wish: Wish, names: Names) -> str:
    return wish.recipient or names(wish.user)


def for_whom(wish: Wish, names: Names) -> str:
    said = {"name": recipient(wish, names), "day": day(wish.at)}
    return _("Copy for %(name)s, %(day)s") % said


def signature_of(wish: Wish) -> Signature | None:
    """A signature over texts that the person may not read is not theirs to read either."""
    found = wish.assessment.signature
    review = wish.assessment.review
    return found if found and wish.user.has_perm(found.permission, review) else None


def signer(names: Names, signature: Signature) -> Any:
    """As they were called when they signed."""
    return signature.signer_name if names.is_named else signature.signer


def closing(wish: Wish, names: Names, *, is_whole: bool) -> Closing:
    one, signature = wish.assessment, signature_of(wish)
    if signature:
        part = _("The signature stands over the whole self-assessment, of which this is a part.")
        return Closing(
            words=names.text(signature.statement),
            rows=_signed(names, signature),
            link=_verify_at(signature),
            note="" if is_whole else part,
        )
    if one.signature_id:
        return Closing(
            _("The whole self-assessment is accepted and signed.")
            + " "
            + _("The signature is shown to those who may read all of it.")
        )
    state = one.get_state_display()
    return Closing(_("Not signed. State of the self-assessment: %(state)s.") % {"state": state})


def _signed(names: Names, signature: Signature) -> Rows:
    who = signer(names, signature)
    return [
        (_("What was signed"), names.text(signature.title)),
        (_("Signed by"), who if isinstance(who, str) else names(who)),
        (_("When"), moment(signature.at)),
        (_("How"), str(signature.get_method_display())),
        (_("SHA-256"), signature.sha256),
    ]


def _verify_at(signature: Signature) -> str:
    place = [signature.review_id, signature.pk]
    return settings.PORTAL_URL + reverse("reviews:signature", args=place)


def _act(names: Names, at: Any, by: Any) -> str:
    if at is None:
        return ""
    who = by if isinstance(by, str) else names(by)
    return ", ".join(each for each in (day(at), who) if each)


def _copied(assessment: Pass) -> str:
    earlier = assessment.copied_from
    return pass_title(earlier) if earlier else ""
