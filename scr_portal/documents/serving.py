"""The one way out. Who may have the file, and that it is written down, is for the caller."""

from django.http import FileResponse, Http404

from scr_portal.documents.kinds import Kind
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import opened

# Should a browser show it all the same: no script, no form, no frame, and nothing fetched.
SANDBOX = "default-src 'none'; sandbox"


def attachment(stored: StoredFile) -> FileResponse:
    """In pieces. Raises Http404 while it waits for the scanner, and after it was refused."""
    if not stored.may_be_taken:
        raise Http404
    try:
        file = opened(stored)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        file,
        as_attachment=True,
        filename=stored.original_name,
        content_type=Kind(stored.kind).content_type,
    )
    response["Content-Length"] = stored.size
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "no-store"
    return response
