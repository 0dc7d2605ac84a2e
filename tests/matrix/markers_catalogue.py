"""What lies behind the addresses of a board's own catalogue."""

from typing import Any

from quality_markers.catalogue import operations, queries
from quality_markers.catalogue.models import CatalogueVersion
from quality_markers.catalogue.sheets.plain import digest
from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast
from tests.matrix.marks import SIGNED_IN

OPEN = {
    SIGNED_IN: """quality_markers:catalogue_compare quality_markers:catalogue_version
        quality_markers:catalogue_version_marker quality_markers:catalogue_file""",
}
ON_BOARD = {
    P.KEEP_REGISTERS: """quality_markers:board_catalogue quality_markers:board_catalogue_begin
        quality_markers:board_catalogue_load quality_markers:board_catalogue_keep
        quality_markers:board_catalogue_retire quality_markers:board_catalogue_take_up
        quality_markers:board_draft quality_markers:board_draft_publish
        quality_markers:board_draft_discard quality_markers:board_draft_marker
        quality_markers:board_question_new quality_markers:board_question_edit
        quality_markers:board_question_remove""",
}
ON_REVIEW: list[Any] = []


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    """A draft, and a version that was published and retired: no pass begins with either."""
    national = CatalogueVersion.objects.get(board=None, is_current=True)
    board, unit = cast.board, cast.unit
    for text in ("Whom does the board ask first?", "Whom does it tell?"):
        draft = operations.begin(board=board, based_on=national, by=unit)
        operations.add_question(marker=draft.markers.get(number=1), text=text, by=unit)
        if text.endswith("first?"):
            seen = digest(queries.book_of(draft))
            retired = operations.publish(draft=draft, title="Ours", seen=seen, by=unit)
            operations.retire(version=retired, by=unit)
    question = draft.markers.get(number=1).questions.order_by("number").last()
    assert question is not None
    of_version = {"version": national.pk}
    of_question = {"number": 1, "question": question.number}
    return {
        "quality_markers:catalogue_version": of_version,
        "quality_markers:catalogue_version_marker": of_version | {"number": 1},
        "quality_markers:catalogue_file": of_version | {"kind": "yaml"},
        "quality_markers:board_catalogue_retire": {"version": retired.pk},
        "quality_markers:board_catalogue_take_up": {"version": retired.pk},
        "quality_markers:board_draft_marker": {"number": 1},
        "quality_markers:board_question_new": {"number": 1},
        "quality_markers:board_question_edit": of_question,
        "quality_markers:board_question_remove": of_question,
    }
