"""Writes of the accounts, by noun; ``from scr_portal.accounts import operations`` has them all."""

from scr_portal.accounts.operations.boards import (
    add_agency,
    add_board,
    add_closure,
    remove_closure,
    rename_agency,
)
from scr_portal.accounts.operations.inviting import (
    accept,
    invite,
    record_refused_link,
    resend,
    withdraw,
)
from scr_portal.accounts.operations.people import (
    change_profile,
    close_account,
    end_session,
    renew_second_factor,
    reopen_account,
    sign_out_everywhere,
)
from scr_portal.accounts.operations.roles import end_role, give_role
from scr_portal.accounts.operations.telling import tell_of_attempts

__all__ = [
    "accept",
    "add_agency",
    "add_board",
    "add_closure",
    "change_profile",
    "close_account",
    "end_role",
    "end_session",
    "give_role",
    "invite",
    "record_refused_link",
    "remove_closure",
    "rename_agency",
    "renew_second_factor",
    "reopen_account",
    "resend",
    "sign_out_everywhere",
    "tell_of_attempts",
    "withdraw",
]
