"""The board's year as a file."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quality_markers.learning import content
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import acting, clock
from scr_portal.core.paper import file_name


@board_view(Permission.READ_LEARNING)
@acting.for_portal("reading what a board has learned")
@require_safe
def learning_file(request: HttpRequest, board: Board, kind: str) -> HttpResponse:
    if kind not in content.KINDS:
        raise Http404
    today, asked = clock.today(), request.GET.get("year", "")
    is_year = asked.isascii() and asked.isdigit() and len(asked) == 4 and asked != "0000"
    year = content.year_of(
        board, request.user, int(asked) if is_year else today.year, at=clock.now()
    )
    file = content.write(year, kind)
    name = file_name(board.slug, f"learning-{year.year}", today, kind)
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=request.user,
        target=board,
        board=board,
        label=name,
        changes={"sha256": sha256(file).hexdigest()},
    )
    return HttpResponse(
        file,
        content_type=content.KINDS[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
