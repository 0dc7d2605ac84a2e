"""What is let in and what is refused, each by its content."""

import io
import zipfile

import pytest

from scr_portal.core.reasons import Refused
from scr_portal.documents.content import inspect
from scr_portal.documents.kinds import LARGEST, Kind
from tests.scr_portal.documents import files
from tests.scr_portal.documents.hostile import GOOD, HOSTILE


def look(content: bytes, name: str) -> Kind:
    return inspect(io.BytesIO(content), name)


@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_what_a_review_works_with_is_let_in(name, content, kind):
    assert look(content, name) == kind


LEGACY = [("WordDocument", "docx"), ("Workbook", "xlsx"), ("PowerPoint Document", "pptx")]


@pytest.mark.parametrize("case", HOSTILE)
def test_what_may_do_harm_is_refused_with_a_sentence(case):
    name, content, sentence = HOSTILE[case]
    with pytest.raises(Refused) as refused:
        look(content, name)
    assert sentence in str(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize(("stream", "ending"), LEGACY)
def test_old_office_files_are_to_be_saved_anew(stream, ending):
    with pytest.raises(Refused, match=rf"save it as \.{ending}"):
        look(files.ole((stream, b"x")), "old.doc")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with path.open("rb") as file, pytest.raises(Refused, match="larger than 100 MB"):
        inspect(file, "large.pdf")


def test_a_large_document_is_looked_through_in_little_memory(tmp_path):
    import os
    import tracemalloc

    path = tmp_path / "large.docx"
    with zipfile.ZipFile(path, "w") as parts:
        with zipfile.ZipFile(io.BytesIO(files.docx())) as small:
            for name in small.namelist():
                parts.writestr(name, small.read(name))
        with parts.open("word/media/image1.emf", "w") as part:
            for _piece in range(60):
                part.write(b"\x01\0\0\0" + os.urandom(1024 * 1024))
    with path.open("rb") as file:
        tracemalloc.start()
        assert inspect(file, "large.docx") == Kind.DOCX
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
        tracemalloc.stop()
