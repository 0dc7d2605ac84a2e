from datetime import date

from quality_markers.exports import rules


def test_a_file_is_called_by_reference_and_date():
    on = date(2026, 11, 22)
    assert rules.file_name("SCR-2026-014", 2, on) == "SCR-2026-014-self-assessment-2-2026-11-22.pdf"
    assert (
        rules.file_name('A/B "../c', 1, on, 12)
        == "A-B-c-self-assessment-1-marker-12-2026-11-22.pdf"
    )
    assert rules.file_name("///", 1, on) == "review-self-assessment-1-2026-11-22.pdf"
