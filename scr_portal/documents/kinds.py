"""The kinds of file that are let in; everything else stays outside."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MIB = 1024 * 1024


class Kind(models.TextChoices):
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel workbook")
    PPTX = "pptx", _("PowerPoint presentation")
    PDF = "pdf", _("PDF")
    TXT = "txt", _("text file")
    CSV = "csv", _("CSV table")
    EML = "eml", _("email")
    MSG = "msg", _("Outlook email")
    PNG = "png", _("PNG picture")
    JPEG = "jpeg", _("JPEG picture")

    @property
    def endings(self) -> tuple[str, ...]:
        """Of a name that agrees with the content; the first is the one to propose."""
        return (".jpg", ".jpeg") if self is Kind.JPEG else (f".{self.value}",)

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    Kind.DOCX: f"{_OFFICE}wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Kind.PPTX: f"{_OFFICE}presentationml.presentation",
    Kind.PDF: "application/pdf",
    Kind.TXT: "text/plain",
    Kind.CSV: "text/csv",
    # As message/rfc822 some browsers would open it.
    Kind.EML: "application/octet-stream",
    Kind.MSG: "application/vnd.ms-outlook",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
}
PICTURES = frozenset({Kind.PNG, Kind.JPEG})
ACCEPT = ",".join(ending for kind in Kind for ending in kind.endings)

LARGEST = 100 * MIB
# The parser holds a whole email in memory; mail servers let no more than this through.
LARGEST_EMAIL = 25 * MIB
