"""A zip file with fixed times in it, so that the same content is the same bytes."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def without_times(raw: io.BytesIO) -> bytes:
    clean = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return clean.getvalue()
