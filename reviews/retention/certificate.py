"""What proves that keeping has ended: who, when, what by count, what stays and why."""

import hashlib
import json
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.retention.holdings import OUTLIVES
from reviews.retention.kinds import Kind
from reviews.retention.models import Act, Disposal
from scr_portal.audit.models import AuditEvent, ChainHead
from scr_portal.core.blocks import Facts, Note, Paper, Section, Table, Text

ELSEWHERE = gettext_lazy(
    "Copies outside the portal: backups until they are rotated, files that people downloaded, and "
    "mail that was sent. The portal can't reach them; the board says what becomes of them."
)


def content(disposal: Disposal) -> str:
    """Canonical JSON without a word of the case; its hash stands in the history too."""
    said = {
        "certificate": disposal.number,
        "board": disposal.board.name,
        "about": disposal.reference,
        "kind": disposal.kind,
        "act": disposal.act,
        "due_on": str(disposal.due_on),
        "rule": disposal.rule,
        "proposed": _who(disposal.proposed_by, disposal.proposed_at),
        "agreed": _who(disposal.settled_by, disposal.settled_at),
        "carried_out_at": _moment(disposal.certified_at),
        **disposal.counts,
        "history": _history(disposal),
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(disposal: Disposal) -> bool:
    return bool(disposal.certificate) and digest(disposal.certificate) == disposal.sha256


def _who(user: Any, at: Any) -> dict[str, str]:
    return {"by": str(user), "at": _moment(at)}


def _moment(at: Any) -> str:
    return at.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")


def _history(disposal: Disposal) -> dict[str, Any]:
    """How many events stay, and the hash of the last before this one."""
    if not disposal.review_id:
        return {}
    chain = str(disposal.review_id)
    head = ChainHead.objects.filter(chain=chain).first()
    events = AuditEvent.objects.filter(chain=chain).count()
    return {"events": events, "head": head.hash if head else ""}


def _words(label: str) -> str:
    """A table that was given up since is called by its name."""
    try:
        return str(apps.get_model(label)._meta.verbose_name_plural).capitalize()
    except LookupError:
        return label


def stays(disposal: Disposal) -> list[str]:
    found = [str(why) for why in OUTLIVES.values()][:2]
    if disposal.act == Act.ANONYMISE:
        found.append(
            _(
                "Stages, dates, appointments, the outcome, judgements of self-assessments and "
                "what was gathered into the board's learning, without names and without words."
            )
        )
    return [*found, str(ELSEWHERE)]


def rows(disposal: Disposal) -> list[tuple[str, int, str]]:
    """What was done with what: kind of thing, how many, and how."""
    removed, stripped = _("removed"), _("words replaced")
    counts = disposal.counts
    found = [(_words(label), n, removed) for label, n in counts.get("removed", {}).items()]
    found += [(_words(label), n, stripped) for label, n in counts.get("stripped", {}).items()]
    found.append((_("Files, with their bytes"), counts.get("files", 0), removed))
    return sorted(found)


def paper_of(disposal: Disposal, *, by: Any, at: Any) -> Paper:
    with translation.override(settings.LANGUAGE_CODE):
        return Paper(
            title=_("Certificate of the end of keeping"),
            reference=disposal.reference,
            board=disposal.board.name,
            marking="OFFICIAL",
            version=disposal.number,
            made_by=str(by),
            made_at=at,
            sections=[_what(disposal), _done(disposal), _left(disposal), _proof(disposal)],
        )


def _what(disposal: Disposal) -> Section:
    return Section(
        _("What was decided, and by whom"),
        [
            Facts(
                [
                    (_("About"), disposal.reference),
                    (_("Kind"), Kind(disposal.kind).label),
                    (_("What was done"), disposal.get_act_display()),
                    (_("Kept until"), disposal.due_on),
                    (_("By the rule"), disposal.rule),
                    (_("Proposed by"), str(disposal.proposed_by)),
                    (_("Proposed"), disposal.proposed_at),
                    (_("Agreed by"), str(disposal.settled_by)),
                    (_("Agreed"), disposal.settled_at),
                    (_("Carried out"), disposal.certified_at),
                ]
            )
        ],
    )


def _done(disposal: Disposal) -> Section:
    table = Table(
        [_("What"), _("How many"), _("How")],
        [(what, str(n), how) for what, n, how in rows(disposal)],
        widths=(4, 1, 2),
    )
    return Section(_("What was done, by count"), [table])


def _left(disposal: Disposal) -> Section:
    return Section(_("What stays, and why"), [Text("\n\n".join(stays(disposal)))])


def _proof(disposal: Disposal) -> Section:
    place = reverse("reviews:disposal", args=[disposal.board.slug, disposal.number])
    return Section(
        _("How this can be checked"),
        [
            Facts(
                [
                    (_("SHA-256"), disposal.sha256),
                    (_("At"), settings.PORTAL_URL + place),
                ]
            ),
            Note(
                _(
                    "The hash is of the certificate's record as the portal keeps it. The same hash "
                    "stands in the history, whose events name each other by their hashes."
                )
            ),
        ],
    )
