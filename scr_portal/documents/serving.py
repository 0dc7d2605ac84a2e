"""The one way out. Who may have the file, and that it is written down, is for the caller."""

from django.conf import settings
from django.http import FileResponse, Http404

from scr_portal.documents import outgoing
from scr_portal.documents.kinds import Kind
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import opened


class Attachment(FileResponse):
    """``sha256`` is of what goes out, which for a copy is not that of what was kept."""

    sha256: str


def attachment(stored: StoredFile, *, as_it_came: bool = False) -> Attachment:
    """A copy without what programs wrote into the file; ``as_it_came``, the file itself.

    Raises Http404 while it waits for the scanner, and after it was refused; Refused where no copy
    can be made.
    """
    if not stored.may_be_taken:
        raise Http404
    try:
        file = opened(stored)
    except FileNotFoundError as error:
        raise Http404 from error
    copy = (
        outgoing.Copy(file, stored.size, stored.sha256)
        if as_it_came
        else outgoing.copy_of(file, stored.kind)
    )
    response = Attachment(
        copy.file,
        as_attachment=True,
        filename=stored.original_name,
        content_type=Kind(stored.kind).content_type,
    )
    response.sha256 = copy.sha256
    response["Content-Length"] = copy.size
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = settings.FILE_POLICY
    response["Cache-Control"] = "no-store"
    return response
