import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A short path that PostgreSQL's user can pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="scr-launcher-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
