"""What a file of self-assessments is called."""

from datetime import date

from quality_markers.exports.models import Export
from scr_portal.core import paper


def file_name(reference: str, export: Export, on: date) -> str:
    """Reference and date, never a person: ``SCR-2026-014-self-assessment-2-2026-11-22.pdf``."""
    parts = [
        _what(export),
        f"-marker-{export.marker.number}" if export.marker else "",
        "" if export.is_named else "-without-names",
        "-with-comments" if export.with_comments else "",
    ]
    return paper.file_name(reference, "".join(parts), on, export.form)


def _what(export: Export) -> str:
    if export.of == Export.Of.HISTORY:
        return "self-assessments"
    if export.compared_with:
        first, second = export.compared_with.number, export.assessment.number
        return f"self-assessments-{first}-and-{second}"
    return f"self-assessment-{export.assessment.number}"
