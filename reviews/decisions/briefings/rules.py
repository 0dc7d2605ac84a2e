"""What a briefing needs, and what exactly members read (QM 3.1, 3.2)."""

import json
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.decisions.briefings.models import Briefing
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason


def missing(briefing: Briefing) -> list[Reason]:
    url = f"{briefing.review.get_absolute_url()}briefings/edit"
    found = []
    if not briefing.title.strip():
        found.append(Reason(_("Give the briefing a title."), f"{url}#id_title"))
    if not _parts(briefing) and not briefing.text.strip():
        found.append(Reason(_("Tell the members something: tick a part, or write a text."), url))
    if briefing.read_by is None:
        found.append(Reason(_("Say by when it is to be read."), url))
    elif briefing.read_by < clock.today():
        found.append(Reason(_("The day by which it is to be read has passed."), url))
    return found


def words(briefing: Briefing) -> dict[str, Any]:
    """Every word that a member reads: the preview, and once issued what is kept of it.

    An issued briefing is read from what was kept, whatever became of the decision since.
    """
    if briefing.issued_text:
        return json.loads(briefing.issued_text)
    earlier = briefing.review.briefings.filter(
        state=Briefing.State.ISSUED, number__lt=briefing.number
    )
    return {
        "title": briefing.title,
        "parts": _parts(briefing),
        "text": briefing.text,
        "earlier": [
            _("Briefing %(number)s of %(day)s")
            % {"number": row.number, "day": on_screen(localdate(row.issued_at))}
            for row in earlier
            if row.issued_at
        ],
    }


def _parts(briefing: Briefing) -> list[dict[str, str]]:
    """What the chair chose to tell of the decision, with its labels."""
    decision, found = briefing.decision, []
    if decision is None or decision.signature is None:
        return []
    if briefing.tells_outcome:
        day = on_screen(localdate(decision.signature.at))
        said = {"outcome": decision.get_outcome_display(), "day": day}
        found += [
            (_("The chair's decision"), _("%(outcome)s. Signed on %(day)s.") % said),
            (_("Are the statutory criteria met?"), _("Yes") if decision.criteria_met else _("No")),
        ]
    if briefing.tells_nature:
        found.append((_("Nature and scale of the review"), decision.nature))
    if briefing.tells_rationale:
        found.append((_("The chair's reasons"), decision.rationale))
    return [{"label": label, "text": text} for label, text in found if text.strip()]
