"""What this room tells the rooms below it."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.involvement.models import Refusal
from families.letters import queries, rules
from families.letters.checks.reading import read
from families.letters.languages import ENGLISH, language
from families.letters.models import Kind, Letter
from families.people.models import Person
from families.people.panels import Panel
from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.permissions import Permission
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.dates import on_screen


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    url = reverse("families:letters", args=[review.pk])
    return [{"part": Part.FAMILY, "label": _("Letters"), "name": "families:letters", "url": url}]


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.KEEP_REGISTERS, board):
        return []
    url = reverse("families:letter_texts", args=[board.slug])
    return [{"label": _("Letters to families"), "url": url}]


def worklist(user: Any) -> list[Need]:
    """Of one's own letters: drafts that lie, and those to which nothing came back."""
    reviews = Review.objects.visible_to(user, Permission.KEEP_FAMILY).exclude(stage=Stage.CLOSED)
    mine = Letter.objects.filter(review__in=reviews).select_related("review", "person")
    mine = mine.defer("subject", "body")
    return [*_drafts(mine.filter(written_by=user)), *_unanswered(mine.filter(sent_by=user))]


def _drafts(mine: Any) -> list[Need]:
    old = clock.now() - rules.DRAFT_IS_OLD
    words = _("Send or drop the letter to %(person)s: %(letter)s")
    return [
        _need(words, row, since=row.written_at)
        for row in mine.filter(sent_on__isnull=True, dropped_at__isnull=True, written_at__lt=old)
    ]


def _unanswered(mine: Any) -> list[Need]:
    late = clock.today() - rules.REPLY_IS_LATE
    newer = Letter.objects.filter(person=OuterRef("person"), sent_on__gt=OuterRef("sent_on"))
    no = Refusal.objects.filter(person=OuterRef("person"), ended_on__isnull=True)
    waiting = mine.filter(
        ~Exists(newer), ~Exists(no), replies__isnull=True, sent_on__lte=late, kind__in=rules.ASKING
    )
    words = _("Nothing came back from %(person)s to the letter: %(letter)s")
    return [_need(words, row, due=row.sent_on + rules.REPLY_IS_LATE) for row in waiting]


def _need(words: str, row: Letter, **when: Any) -> Need:
    said = {"person": row.person.pseudonym, "letter": row.get_kind_display()}
    return Need(text=words % said, url=row.get_absolute_url(), review=row.review, **when)


def about_person(person: Person, user: Any) -> list[Panel]:
    if not user.has_perm(Permission.SEE_FAMILY, person.review):
        return []
    rows = queries.letters_of(person.review).filter(person=person, dropped_at__isnull=True)
    return [
        Panel(
            _("Letters"),
            reverse("families:letters", args=[person.review_id]),
            [_line(row) for row in rows],
            _("No letter has been written to this person."),
        )
    ]


def _line(row: Any) -> str:
    said = {"letter": row.get_kind_display()}
    if row.sent_on is None:
        return _("%(letter)s: a draft") % said
    said |= {"day": on_screen(row.sent_on), "how": str(row.get_sent_how_display()).lower()}
    if row.answers:
        return _("%(letter)s: sent on %(day)s, %(how)s; answered") % said
    return _("%(letter)s: sent on %(day)s, %(how)s; no reply yet") % said


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    """Is what is written to the family clear, kind and within reach of its readers (4.2)?"""
    if marker != 4 or not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    url = reverse("families:letters", args=[review.pk])
    return [_of_the_sheet(review.board, url), *_of_letters(review, url)]


def _of_the_sheet(board: Board, url: str) -> Evidence:
    found = queries.text_for(board, Kind.INFORMATION, ENGLISH, is_easy_read=False)
    reading = read(found.text.body)
    whose = _("the board’s own text") if found.template else _("the portal’s text")
    words = _(
        "Information sheet, %(whose)s: reads at an age of about %(age)s, longest sentence of "
        "%(longest)s words; languages: %(languages)s"
    )
    said = {
        "whose": whose,
        "age": round(reading.age),
        "longest": reading.longest,
        "languages": ", ".join(each.english for each in queries.loaded(board)),
    }
    return Evidence("4.2", words % said, url)


def _of_letters(review: Review, url: str) -> list[Evidence]:
    sent = [row for row in queries.letters_of(review) if row.sent_on]
    if not sent:
        nothing = _("No letter or information sheet is recorded as sent")
        return [Evidence("4.2", nothing, url, contradicts=True)]
    words = _("%(letter)s to %(person)s in %(language)s, %(form)s")
    found = [
        Evidence(
            "4.2",
            words
            % {
                "letter": row.get_kind_display(),
                "person": row.person.pseudonym,
                "language": language(row.language).english,
                "form": str(row.get_style_display()).lower(),
            },
            row.get_absolute_url(),
            row.sent_on,
        )
        for row in sent
    ]
    if against := sum(bool(row.despite) for row in sent):
        text = ngettext(
            "%(n)s letter went against an instruction of the record, with a reason",
            "%(n)s letters went against an instruction of the record, with a reason",
            against,
        )
        found.append(Evidence("4.2", text % {"n": against}, url))
    return found
