from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from scr_portal.core.reasons import Refused
from scr_portal.documents import names
from scr_portal.documents.content import inspect
from scr_portal.documents.kinds import ACCEPT

HINT = _(
    "Word, Excel, PowerPoint, PDF, text, CSV, email (EML or MSG), PNG or JPEG, up to 100 MB. No "
    "macros and no passwords."
)


class FileField(forms.FileField):
    """One file whose content is let in; what stands against it is said under the field.

    The form's element needs ``enctype="multipart/form-data"``, the view ``uploads.takes_files``.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", HINT)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPT}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        """Django's own words for an empty file don't say what to do."""
        if data is None or data in self.empty_values:
            return None
        try:
            # For operations.store, so that a large file is not looked through twice.
            data.inspected_as = inspect(data.file, names.cleaned(data.name or ""))
        except Refused as refused:
            raise refused.as_error() from refused
        return data
