"""What the file of a self-assessment is called."""

from datetime import date

from scr_portal.core import paper


def file_name(reference: str, number: int, on: date, marker: int | None = None) -> str:
    """Reference and date, never a person: ``SCR-2026-014-self-assessment-2-2026-11-22.pdf``."""
    part = f"-marker-{marker}" if marker else ""
    return paper.file_name(reference, f"self-assessment-{number}{part}", on, "pdf")
