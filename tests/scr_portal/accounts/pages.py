"""Addresses of the pages of one board, to read and to act."""

from django.urls import reverse


def readable(cast) -> list[str]:
    slug, member = cast.board.slug, cast.member
    return [
        reverse("accounts:people", args=[slug]),
        reverse("accounts:invite", args=[slug]),
        reverse("accounts:agencies", args=[slug]),
        reverse("accounts:agency", args=[slug, cast.agency.pk]),
        reverse("accounts:closures", args=[slug]),
        reverse("accounts:person", args=[slug, member.pk]),
        reverse("accounts:end_role", args=[slug, member.board_roles.get().pk]),
        reverse("accounts:close_account", args=[slug, member.pk]),
    ]


def acts(cast) -> list[str]:
    slug, member = cast.board.slug, cast.member
    names = ("resend", "withdraw", "close_account", "reopen_account", "renew_second_factor")
    return [
        *(reverse(f"accounts:{name}", args=[slug, member.pk]) for name in names),
        reverse("accounts:end_role", args=[slug, member.board_roles.get().pk]),
        reverse("accounts:remove_closure", args=[slug, 1]),
    ]
