"""How a file comes in over the wire: only where it is wanted, never larger than is let in.

The bytes go to a file without a name, on the disk of the storage: a process that is killed in the
middle of an upload leaves nothing.
"""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from scr_portal.documents import names
from scr_portal.documents.content.inspecting import too_large
from scr_portal.documents.kinds import LARGEST
from scr_portal.documents.operations import is_full, no_room
from scr_portal.documents.storage import scratch

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Files that are sent to any other address are dropped as they come."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def problem(request: HttpRequest) -> str:
    """Why an upload was broken off, as a sentence; empty where it was not."""
    request.FILES  # noqa: B018 - it is read now, if nobody has
    return getattr(request, "upload_problem", "")


class UploadHandler(FileUploadHandler):
    """In place of Django's two: nothing is kept in memory, and nothing under a name."""

    chunk_size = 256 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file: Any = None
        if self._is_wanted():
            self.file = tempfile.TemporaryFile(dir=scratch())  # noqa: SIM115

    def _is_wanted(self) -> bool:
        match = getattr(self.request, "resolver_match", None)
        user = getattr(self.request, "user", None)
        is_known = user is not None and user.is_authenticated
        return is_known and getattr(match and match.func, "takes_files", False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.file is None:
            return
        if start + len(raw_data) > LARGEST:
            self._break_off(too_large(self._name))
        try:
            self.file.write(raw_data)
        except OSError as error:
            if not is_full(error):
                raise
            self._break_off(no_room(self._name))

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.file is None or not self._is_written():
            return None
        return UploadedFile(
            file=self.file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )

    def _is_written(self) -> bool:
        """Going back to its beginning writes the last of it."""
        try:
            self.file.seek(0)
        except OSError as error:
            if not is_full(error):
                raise
            self._give_up(no_room(self._name))
            return False
        return True

    def _break_off(self, sentence: str) -> None:
        """The rest of it is read and dropped; the other fields are kept for the page."""
        self._give_up(sentence)
        raise SkipFile

    def _give_up(self, sentence: str) -> None:
        with suppress(OSError):  # closing tries to write once more
            self.file.close()
        self.request.upload_problem = sentence  # type: ignore[union-attr]

    @property
    def _name(self) -> str:
        return names.cleaned(self.file_name or "")
