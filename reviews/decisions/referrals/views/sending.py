"""A case is sent to the board by a member of it, or by a professional outside through a link.

Both fill in one page, check it and send it. What differs is where the unsent text is kept and who
is asked whether they may: that is a ``Desk``.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from reviews.decisions.referrals import operations
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.criteria import contradictions, judge
from reviews.decisions.referrals.forms.sending import SendForm
from reviews.decisions.referrals.views.showing import sections_of
from reviews.permissions import Permission, roles_with
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.core import typed
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts import queries as kept_drafts
from scr_portal.drafts import restoring
from scr_portal.guests import operations as guests
from scr_portal.guests.access import guest_view, restore_into
from scr_portal.guests.models import GuestLink, Purpose
from scr_portal.guests.tokens import receipt_of


@dataclass
class Desk:
    board: Board
    frame: str
    form_url: str
    check_url: str
    save_url: str

    def kept(self) -> dict[str, Any]:
        """What was typed so far, as it stood in the boxes."""
        raise NotImplementedError

    def keep(self, data: Any) -> None:
        """Raises Refused where it can't be kept, or another window has kept something since."""
        raise NotImplementedError

    def initial(self, request: HttpRequest) -> dict[str, Any]:
        """What the boxes begin with."""
        raise NotImplementedError

    def send(self, answers: Answers, click: str) -> str:
        """The address where it is confirmed."""
        raise NotImplementedError


@dataclass
class MembersDesk(Desk):
    user: Any

    @classmethod
    def of(cls, request: HttpRequest, board: Board) -> "MembersDesk":
        return cls(
            board=board,
            frame="reviews/decisions/referrals/frame_member.html",
            form_url=reverse("reviews:send_referral", args=[board.slug]),
            check_url=reverse("reviews:send_referral_check", args=[board.slug]),
            save_url=reverse("drafts:save", args=[cls.key(board)]),
            user=request.user,
        )

    @staticmethod
    def key(board: Board) -> str:
        return f"sent-referral:{board.slug}"

    def kept(self) -> dict[str, Any]:
        return kept_drafts.restore(self.user, self.key(self.board)) or {}

    def keep(self, data: Any) -> None:
        drafts.save(
            user=self.user, key=self.key(self.board), fields=typed.posted(data), board=self.board
        )

    def initial(self, request: HttpRequest) -> dict[str, Any]:
        if kept := restoring.restore_into(request, self.key(self.board)):
            return kept
        roles = self.user.board_roles.active().filter(
            board=self.board, role__in=roles_with(Permission.REFER)
        )
        agency = next((role.agency for role in roles.select_related("agency") if role.agency), "")
        return {"organisation": str(agency)}

    def send(self, answers: Answers, click: str) -> str:
        row = operations.send(board=self.board, answers=answers.kept, token=click, by=self.user)
        drafts.discard(user=self.user, key=self.key(self.board))
        return reverse("reviews:sent_referral", args=[row.pk])


@dataclass
class GuestsDesk(Desk):
    link: GuestLink

    @classmethod
    def of(cls, link: GuestLink) -> "GuestsDesk":
        token = link.token
        return cls(
            board=link.board,
            frame="guests/base.html",
            form_url=reverse("reviews:guest_referral", args=[token]),
            check_url=reverse("reviews:guest_referral_check", args=[token]),
            save_url=reverse("guests:save", args=[token]),
            link=link,
        )

    def kept(self) -> dict[str, Any]:
        return self.link.parts.get("form", {})

    def keep(self, data: Any) -> None:
        fields = typed.posted(data)
        version = typed.version(fields.pop("version", ""))
        self.link = guests.save_draft(link=self.link, version=version, fields=fields)

    def initial(self, request: HttpRequest) -> dict[str, Any]:
        return restore_into(request, self.link)

    def send(self, answers: Answers, click: str) -> str:
        operations.send_as_guest(link=self.link, answers=answers.kept)
        return reverse("reviews:guest_referral_sent", args=[receipt_of(self.link)])


@board_view(Permission.REFER)
def send(request: HttpRequest, board: Board) -> HttpResponse:
    return _form_page(request, MembersDesk.of(request, board))


@board_view(Permission.REFER)
def send_check(request: HttpRequest, board: Board) -> HttpResponse:
    return _check_page(request, MembersDesk.of(request, board))


@guest_view(Purpose.REFERRAL)
def guest(request: HttpRequest, link: GuestLink) -> HttpResponse:
    return _form_page(request, GuestsDesk.of(link))


@guest_view(Purpose.REFERRAL)
def guest_check(request: HttpRequest, link: GuestLink) -> HttpResponse:
    return _check_page(request, GuestsDesk.of(link))


def _form_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    theirs: list[tuple[str, str]] = []
    if request.method == "POST":
        form = SendForm(request.POST, board=desk.board)
        try:
            desk.keep(request.POST)
        except guests.DraftChanged as changed:
            theirs = _theirs(form, changed.link.parts.get("form", {}))
            desk.link = changed.link  # type: ignore[attr-defined]
            form.add_error(None, changed.as_error())
        except guests.LinkClosed:
            raise
        except Refused as refused:
            form.add_error(None, refused.as_error())
        if form.is_valid():
            return redirect(desk.check_url)
    else:
        form = SendForm(board=desk.board, initial=desk.initial(request))
    context = _context(desk) | {"form": form, "parts": form.parts(), "theirs": theirs}
    return render(request, "reviews/decisions/referrals/send.html", context)


def _context(desk: Desk) -> dict[str, Any]:
    return {
        "desk": desk,
        "frame": desk.frame,
        "board": desk.board,
        "link": getattr(desk, "link", None),
    }


def _theirs(form: SendForm, kept: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the other window has kept and this one would write over."""
    return [
        (str(field.label), str(kept[field.name]))
        for field in form
        if kept.get(field.name) and kept[field.name] != form.data.get(field.name)
    ]


def _check_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = SendForm(desk.kept(), board=desk.board)
    if not form.is_valid():
        click = request.POST.get("click", "")
        if request.method == "POST" and (sent := _sent_already(desk, click)):
            return redirect(sent)
        return redirect(desk.form_url)
    answers = form.answers()
    if request.method == "POST":
        return redirect(desk.send(answers, request.POST.get("click", "")))
    said = {key: answer for key, (answer, _note) in answers.clauses.items()}
    context = _context(desk) | {
        "sections": sections_of(answers),
        "judged": judge(form.criteria, said),
        "against": contradictions(
            form.criteria, said, ground=answers.kept["ground"], harm=answers.kept["harm"]
        ),
        "click": secrets.token_urlsafe(16),
    }
    return render(request, "reviews/decisions/referrals/send_check.html", context)


def _sent_already(desk: Desk, click: str) -> str:
    """The second of two clicks finds the draft gone, and what the first one sent."""
    row = operations.find_sent(click=click, by=desk.user) if isinstance(desk, MembersDesk) else None
    return reverse("reviews:sent_referral", args=[row.pk]) if row else ""
