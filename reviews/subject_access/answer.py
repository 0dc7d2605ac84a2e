"""What is handed over: what is given, with others blacked out, and by ground what is not."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.subject_access import queries, rules, searching
from reviews.subject_access.models import AccessItem, AccessPart, AccessRequest
from scr_portal.core import paper
from scr_portal.core.blocks import Bullets, Facts, Note, Paper, Section, Text
from scr_portal.core.dates import on_screen

Decision = AccessItem.Decision
SIGNED = ("target_type", "target_id", "decision", "ground", "text", "hide", "leave")


def pieces(item: AccessItem, others: list[str]) -> list[rules.Piece]:
    words = [*others, *rules.listed(item.hide)]
    return rules.redacted(item.text, words, rules.listed(item.leave))


def given(part: AccessPart, user: Any) -> list[tuple[AccessItem, str]]:
    """Each item that this person may read and that is given, as it leaves the portal."""
    others = searching.others_of(part)
    return [
        (item, rules.blacked(pieces(item, others)))
        for item in queries.readable(part, user)
        if item.decision == Decision.GIVE
    ]


def withheld(part: AccessPart, user: Any) -> Counter[str]:
    """How many, by ground: never what."""
    items = queries.readable(part, user)
    grounds = (item.get_ground_display() for item in items if item.decision == Decision.WITHHOLD)
    return Counter(str(each) for each in grounds)


def digest_of(request: AccessRequest) -> str:
    """Of every decision with its text, in order: what was signed off, and not who reads it."""
    items = AccessItem.objects.filter(part__request=request).order_by("part_id", "pk")
    said = [[getattr(item, name) for name in SIGNED] for item in items]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def is_as_signed(request: AccessRequest) -> bool:
    return bool(request.sha256) and digest_of(request) == request.sha256


def paper_of(request: AccessRequest, parts: list[AccessPart], *, by: Any, at: Any) -> Paper:
    """One document of the parts that ``by`` may read; who asks stands on its first page."""
    with translation.override(settings.LANGUAGE_CODE):
        sections = [_about(request)]
        for part in parts:
            sections += _of_part(part, by)
        return Paper(
            title=_("What is held about you"),
            reference=str(request),
            board=request.board.name,
            marking="OFFICIAL-SENSITIVE",
            version=1,
            made_by=str(request.board),
            made_at=at,
            sections=[*sections, _rights()],
        )


def _about(request: AccessRequest) -> Section:
    facts = [
        (_("Asked by"), request.name),
        (_("Received"), request.received_on),
        (_("Answered under"), "UK GDPR, article 15; Data Protection Act 2018"),
    ]
    blocks: list[Any] = [Facts(facts)]
    if request.user:
        blocks.append(Facts(_account(request.user), heading=_("Your account on the portal")))
    blocks.append(
        Note(
            _(
                "Names and other words by which somebody else could be known are blacked out. What "
                "is not given at all is counted at the end of each part, with the ground."
            )
        )
    )
    return Section(_("Your request"), blocks)


def _account(user: Any) -> list[tuple[Any, Any]]:
    roles = "; ".join(
        f"{role.get_role_display()}, {role.board}, {on_screen(role.starts)}"
        + (f" – {on_screen(role.ends)}" if role.ends else "")
        for role in user.board_roles.select_related("board").order_by("starts", "pk")
    )
    return [
        (_("Name"), user.name),
        (_("Email address"), user.email),
        (_("Account made"), user.date_joined),
        (_("Last signed in"), user.last_login),
        (_("Roles"), roles),
    ]


def _of_part(part: AccessPart, by: Any) -> list[Section]:
    items, counts = given(part, by), withheld(part, by)
    if not items and not counts:
        return []
    blocks: list[Any] = [Text(text, heading=item.label) for item, text in items]
    if not items:
        blocks.append(Text(_("Nothing of this part is given.")))
    if counts:
        blocks.append(Bullets(_counted(counts), heading=_("Not given")))
    return [Section(_("Review %(reference)s") % {"reference": part.review.reference}, blocks)]


def _counted(counts: Counter[str]) -> list[str]:
    return [
        ngettext("%(n)d item: %(ground)s", "%(n)d items: %(ground)s", n)
        % {"n": n, "ground": ground}
        for ground, n in sorted(counts.items())
    ]


def _rights() -> Section:
    words = _(
        "You may ask for something that is wrong to be put right, object to how it is used, or "
        "complain to the Information Commissioner’s Office (ico.org.uk). People close to a review "
        "may send you a further part by themselves: what was said to them in confidence is read by "
        "nobody else."
    )
    return Section(_("What you may do now"), [Text(words)])


def zip_of(request: AccessRequest, parts: list[AccessPart], *, by: Any, at: Any) -> bytes:
    """The document, each given item as a text of its own, and the list of what is not given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        whole = paper_of(request, parts, by=by, at=at)
        out.writestr(f"{request}.pdf", paper.to_pdf(whole))
        lines = []
        for part in parts:
            reference = part.review.reference
            for number, (item, text) in enumerate(given(part, by), start=1):
                name = f"{reference}/{number:03d}-{item.target_type.rpartition('.')[2].lower()}.txt"
                out.writestr(name, f"{item.label}\n\n{text}\n")
            lines += [f"{reference}: {line}" for line in _counted(withheld(part, by))]
        out.writestr("not-given.txt", "\n".join(lines) + "\n")
    return made.getvalue()
