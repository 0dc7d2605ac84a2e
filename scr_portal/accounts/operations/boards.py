from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from scr_portal.accounts import rules
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Agency, Board, Closure
from scr_portal.audit import operations as audit
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused


@transaction.atomic
def add_board(*, name: str, slug: str, reference_prefix: str, by: Any) -> Board:
    if not by.is_superuser:
        raise PermissionDenied
    try:
        with transaction.atomic():
            board = Board.objects.create(name=name, slug=slug, reference_prefix=reference_prefix)
    except IntegrityError:
        raise Refused(_("There is a board with this name or address already.")) from None
    audit.record(kind=audit.Event.BOARD_ADDED, by=by, target=board, board=board)
    return board


@transaction.atomic
def add_agency(*, board: Board, name: str, by: Any) -> Agency:
    require(by, rules.MANAGE_PEOPLE, board)
    try:
        with transaction.atomic():
            agency = Agency.objects.create(board=board, name=name)
    except IntegrityError:
        raise Refused(_("The board has an agency with this name already.")) from None
    audit.record(kind=audit.Event.AGENCY_ADDED, by=by, target=agency)
    return agency


@transaction.atomic
def rename_agency(*, agency: Agency, name: str, by: Any) -> None:
    require(by, rules.MANAGE_PEOPLE, agency.board)
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    before, agency.name = agency.name, name
    if before == name:
        return
    try:
        with transaction.atomic():
            agency.save(update_fields=["name"])
    except IntegrityError:
        raise Refused(_("The board has an agency with this name already.")) from None
    audit.record(kind=audit.Event.AGENCY_RENAMED, by=by, target=agency, changes={"before": before})


@transaction.atomic
def add_closure(*, board: Board, on: date, name: str, by: Any) -> Closure:
    """Dates that are counted in working days move with it."""
    require(by, rules.MANAGE_PEOPLE, board)
    try:
        with transaction.atomic():
            closure = Closure.objects.create(board=board, date=on, name=name)
    except IntegrityError:
        raise Refused(_("The office is already closed on this day.")) from None
    # The record comes last: whoever holds its chain must not wait for a review that another holds.
    collect("closures_changed", board)
    audit.record(kind=audit.Event.CLOSURE_ADDED, by=by, target=closure)
    return closure


@transaction.atomic
def remove_closure(*, closure: Closure, by: Any) -> None:
    require(by, rules.MANAGE_PEOPLE, closure.board)
    removed, _rows = Closure.objects.filter(pk=closure.pk).delete()
    if removed:
        collect("closures_changed", closure.board)
        audit.record(kind=audit.Event.CLOSURE_REMOVED, by=by, target=closure)
