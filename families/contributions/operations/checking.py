"""The person's own check: shown, corrected, agreed, or not wanted. Lines that stay."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.contributions.models import AccuracyCheck, Contribution
from families.contributions.operations.access import locked, record
from families.contributions.operations.writing import keep_text, settle
from families.contributions.rules import Check
from reviews.case.operations.changing import change
from reviews.case.operations.clicks import key_of
from reviews.case.operations.record import Stale
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused


@transaction.atomic
def record_check(
    *,
    contribution: Contribution,
    version: int,
    step: str,
    on: date,
    by: Any,
    token: str,
    how: str = "",
    words: str = "",
    text: str = "",
) -> AccuracyCheck:
    """A line, and one for one click; a correction's ``text`` becomes the text.

    Raises Stale where the text was changed since they were asked about it, and Refused.
    """
    row = locked(contribution, by)
    key = key_of(row.review, by, token)
    if made := AccuracyCheck.objects.filter(token=key).first():
        return made
    if row.version != version:
        raise Stale(row)
    _require_possible(row, step, on, text)
    now, before = clock.now(), row.text
    if step == Check.CORRECTED:
        change(row, version, {"text": text})
        keep_text(row, before, by, at=now)
    made = AccuracyCheck.objects.create(
        review=row.review,
        contribution=row,
        step=step,
        on=on,
        how=how,
        words=words,
        by=by,
        at=now,
        token=key,
    )
    settle(row)
    said = str(made.get_step_display())
    record(audit.Event.FAMILY_ACCURACY_CHECKED, row, by, step=said, version=row.version)
    return made


def _require_possible(row: Contribution, step: str, on: date, text: str) -> None:
    """Raises Refused."""
    if step not in {Check.SHOWN, Check.CORRECTED, Check.AGREED, Check.NOT_WANTED}:
        raise Refused(_("Choose what happened."))
    if on > clock.today():
        raise Refused(_("The day can't lie in the future."))
    if on < row.said_on:
        raise Refused(
            _("They can't have checked it before they said it, on %(day)s.")
            % {"day": on_screen(row.said_on)}
        )
    if step == Check.CORRECTED and (not text.strip() or text == row.text):
        raise Refused(_("Write the text as they corrected it."))
