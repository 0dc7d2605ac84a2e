"""The board's own texts of letters, and the translations that it has loaded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.letters import queries, texts
from families.letters.checks import Checked, Named, of_a_text
from families.letters.forms.letters import LetterForm
from families.letters.forms.templates import FORMS, LoadForm
from families.letters.languages import ENGLISH, Language, in_alphabet, language, languages
from families.letters.models import Kind, Letter, LetterTemplate, Style
from families.letters.operations import templates as operations
from families.letters.rules import sheet_of
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import CONFLICT, carried_out
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import attempt, frame
from scr_portal.core import sheet
from scr_portal.core.paper import KINDS
from scr_portal.drafts.restoring import restore_into

FOLDER = "families/letters/templates"


@board_view(Permission.KEEP_REGISTERS)
def letter_texts(request: HttpRequest, board: Board) -> HttpResponse:
    """Every letter in English, and in each language of which the board has loaded something."""
    rows = {(row.language, row.kind, row.is_easy_read): row for row in queries.templates_of(board)}
    codes = {code for code, _kind, _easy in rows} | {ENGLISH}
    tables = [
        {
            "language": each,
            "rows": [
                (kind, [(form, rows.get((each.code, kind, form == "easy"))) for form in FORMS])
                for kind in Kind
            ],
        }
        for each in in_alphabet()
        if each.code in codes
    ]
    return render(request, f"{FOLDER}/texts.html", frame(request, board, tables=tables))


@board_view(Permission.KEEP_REGISTERS)
def letter_text_load(request: HttpRequest, board: Board) -> HttpResponse:
    form = LoadForm(posted(request))
    if form.is_valid():
        chosen = form.cleaned_data
        return redirect(
            "families:letter_text", board.slug, chosen["kind"], chosen["code"], chosen["form"]
        )
    return render(request, f"{FOLDER}/load.html", frame(request, board, form=form))


def _which(kind: str, code: str, form: str) -> tuple[Kind, Language, bool]:
    if kind not in Kind.values or code not in languages() or form not in FORMS:
        raise Http404
    return Kind(kind), language(code), form == "easy"


def _mine(board: Board, kind: str, code: str, *, is_easy_read: bool) -> LetterTemplate | None:
    rows = queries.templates_of(board)
    return rows.filter(kind=kind, language=code, is_easy_read=is_easy_read).first()


@board_view(Permission.KEEP_REGISTERS)
def letter_text(
    request: HttpRequest, board: Board, kind: str, code: str, form: str
) -> HttpResponse:
    letter, spoken, is_easy = _which(kind, code, form)
    mine = _mine(board, kind, code, is_easy_read=is_easy)
    english = queries.text_for(board, kind, ENGLISH, is_easy_read=is_easy).text
    begun: Any = mine or (english if spoken.is_english else texts.LetterText("", ""))
    key = f"family-letter-text:{board.pk}:{kind}:{code}:{form}"
    initial = {"subject": begun.subject, "body": begun.body}
    initial |= {"version": mine.version if mine else 0} | (restore_into(request, key) or {})
    asked: Any = LetterForm(posted(request), initial=initial, language=spoken)

    def act(by: Any, **said: Any) -> None:
        operations.save_text(board=board, kind=kind, code=code, is_easy_read=is_easy, by=by, **said)

    if carried_out(request, asked, act, draft_key=key):
        messages.success(request, _("Saved. Letters begun from now on have this text."))
        return redirect("families:letter_text_preview", board.slug, kind, code, form)
    context = frame(
        request,
        board,
        form=asked,
        draft_key=key,
        mine=mine,
        english=None if spoken.is_english else english,
        placeholders=texts.PLACEHOLDERS.items(),
        **_called(letter, spoken, form),
    )
    return render(request, f"{FOLDER}/text.html", context, status=CONFLICT if asked.stale else 200)


def _called(letter: Kind, spoken: Language, form: str) -> dict[str, Any]:
    return {"letter": letter, "spoken": spoken, "form_name": FORMS[form], "form_key": form}


@board_view(Permission.KEEP_REGISTERS)
def letter_text_preview(
    request: HttpRequest, board: Board, kind: str, code: str, form: str
) -> HttpResponse:
    """As a reader would get it, with invented people in it."""
    letter, spoken, is_easy = _which(kind, code, form)
    invented, found = _invented(board, kind, code, is_easy_read=is_easy)
    checked = Checked(
        subject=invented.subject,
        body=invented.body,
        kind=kind,
        is_english=language(found.language).is_english,
        is_easy_read=is_easy,
        reader=Named(texts.INVENTED["name"], ""),
    )
    context = frame(
        request,
        board,
        sheet=sheet_of(invented),
        shown=language(found.language),
        is_fallback=found.language != code or found.is_easy_read != is_easy,
        findings=of_a_text(checked),
        undrawn=sheet.undrawn(f"{invented.subject} {invented.body}"),
        **_called(letter, spoken, form),
    )
    return render(request, f"{FOLDER}/preview.html", context)


def _invented(
    board: Board, kind: str, code: str, *, is_easy_read: bool, large: bool = False
) -> tuple[Letter, queries.Found]:
    """A letter that is never saved."""
    found = queries.text_for(board, kind, code, is_easy_read=is_easy_read)
    values = {"board": board.name, **texts.INVENTED}
    style = Style.EASY if is_easy_read else Style.LARGE if large else Style.STANDARD
    letter = Letter(
        review=Review(board=board, reference=f"{board.reference_prefix}-0000-000"),
        kind=kind,
        language=found.language,
        style=style,
        subject=texts.merged(found.text.subject, values),
        body=texts.merged(found.text.body, values),
    )
    return letter, found


@board_view(Permission.KEEP_REGISTERS)
def letter_text_file(
    request: HttpRequest, board: Board, kind: str, code: str, form: str, ending: str
) -> HttpResponse:
    """The preview as a file; ``?large=1`` in large print. Nobody real is in it."""
    _which(kind, code, form)
    if ending not in KINDS:
        raise Http404
    letter, _found = _invented(
        board, kind, code, is_easy_read=form == "easy", large=bool(request.GET.get("large"))
    )
    return sheet.response(sheet_of(letter), ending, what=f"preview-{kind}-{code}-{form}")


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def letter_text_take_out(
    request: HttpRequest, board: Board, kind: str, code: str, form: str
) -> HttpResponse:
    _letter, spoken, is_easy = _which(kind, code, form)
    if mine := _mine(board, kind, code, is_easy_read=is_easy):
        done = (
            _("The portal’s own text is used again.")
            if spoken.is_english
            else _("The translation is taken out. Letters begun from now on are in English.")
        )
        attempt(request, lambda: operations.take_out(template=mine, by=request.user), done)
    return redirect("families:letter_texts", board.slug)
