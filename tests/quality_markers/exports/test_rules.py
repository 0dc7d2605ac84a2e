from datetime import date

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from quality_markers.exports import rules
from quality_markers.exports.models import Export

ON = date(2026, 11, 22)


def named(reference="SCR-2026-014", **fields):
    return rules.file_name(reference, Export(assessment=Pass(number=2), **fields), ON)


def test_a_file_is_called_by_reference_and_date():
    assert named() == "SCR-2026-014-self-assessment-2-2026-11-22.pdf"
    marker = Marker(number=12)
    assert named('A/B "../c', marker=marker) == "A-B-c-self-assessment-2-marker-12-2026-11-22.pdf"
    assert named("///") == "review-self-assessment-2-2026-11-22.pdf"


def test_and_by_what_is_in_it():
    assert named(form="docx", is_named=False, with_comments=True) == (
        "SCR-2026-014-self-assessment-2-without-names-with-comments-2026-11-22.docx"
    )
    assert named(of="comparison", compared_with=Pass(number=1), form="csv") == (
        "SCR-2026-014-self-assessments-1-and-2-2026-11-22.csv"
    )
    assert named(of="history", form="xlsx") == "SCR-2026-014-self-assessments-2026-11-22.xlsx"
