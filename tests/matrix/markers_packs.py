"""What lies behind the addresses of packs."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.operations import assigning
from quality_markers.packs import operations
from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast

FILL_IN = {P.ANSWER_MARKERS, P.ANSWER_FAMILY_MARKERS, P.ANSWER_ASSIGNED}

ON_REVIEW = [
    (
        FILL_IN,
        """quality_markers:packs quality_markers:question_sheets quality_markers:pack_return
        quality_markers:pack_download quality_markers:returned_pack
        quality_markers:returned_take_all quality_markers:returned_answer""",
    )
]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    """A pack of the family's marker 12 that came back with one answer."""
    assessment = assessments.open_pass(
        review=review, purpose="retrospective", by=cast.unit, markers=[12]
    )
    assigning.assign(
        assessment=assessment, person=cast.panel, markers=assessment.markers.all(), by=cast.unit
    )
    pack = operations.hand_out(
        assessment=assessment, form="docx", is_filled=False, markers=[12], by=cast.unit, token="m"
    )
    document = Document(io.BytesIO(operations.file_of(pack=pack, by=cast.unit)[1]))
    document.tables[0].rows[3].cells[1].paragraphs[0].add_run("From the file.")
    document.save(held := io.BytesIO())
    returned = operations.take_in(
        assessment=assessment,
        upload=SimpleUploadedFile("back.docx", held.getvalue()),
        by=cast.unit,
    )
    place = {"number": assessment.number}
    of_returned = {"pk": returned.pk}
    return {
        "quality_markers:packs": place,
        "quality_markers:question_sheets": place,
        "quality_markers:pack_return": place,
        "quality_markers:pack_download": {**place, "pk": pack.pk},
        "quality_markers:returned_pack": of_returned,
        "quality_markers:returned_take_all": of_returned,
        "quality_markers:returned_answer": {**of_returned, "answer": returned.answers.get().pk},
    }
