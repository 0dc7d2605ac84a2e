"""What is not a pack of this pass, as it was handed out, is refused with a sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import load_workbook

from quality_markers.assessments import operations as assessments
from quality_markers.packs import operations, rules
from quality_markers.packs.models import Pack, ReturnedPack
from scr_portal.core.reasons import Refused
from tests.builders import a_review
from tests.quality_markers.packs.filling import fill_word
from tests.scr_portal.documents import files

FORMS = ["docx", "xlsx"]


def in_parts(content: bytes, change) -> bytes:
    """The same file with each part of it as ``change(name, bytes)`` gives it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(held, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def replaced(content: bytes, old: str, new: str) -> bytes:
    assert any(old.encode() in part for part in parts_of(content))
    return in_parts(content, lambda _name, part: part.replace(old.encode(), new.encode()))


def parts_of(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return [source.read(name) for name in source.namelist()]


@pytest.fixture(params=FORMS)
def form(request):
    return request.param


@pytest.fixture
def handed_out(pack, form):
    return pack(form, 12)


@pytest.fixture
def refused(bring, form):
    """``refused(content, "sentence")``: nothing of it is kept."""

    def stopped(content: bytes, sentence: str, **kwargs) -> None:
        with pytest.raises(Refused, match=sentence):
            bring(content, form, **kwargs)
        assert not ReturnedPack.objects.exists()

    return stopped


def test_a_pack_of_another_pass_is_foreign(handed_out, filled, refused, review, cast):
    other = assessments.open_pass(review=review, purpose="planning", by=cast.lead)
    refused(filled(handed_out), "another self-assessment", assessment=other)


def test_a_pack_of_another_review_is_foreign(handed_out, filled, refused, cast):
    review = a_review(cast, pseudonym="Child S")
    cast.on(review, "lead")
    other = assessments.open_pass(review=review, purpose="clarity", by=cast.lead)
    refused(filled(handed_out), "another self-assessment", assessment=other)


def test_a_pack_of_another_portal_is_not_ours(handed_out, filled, refused, settings):
    content = filled(handed_out)
    settings.SECRET_KEY = "of another portal" * 4
    refused(content, "not a pack that was handed out here")


def test_a_file_that_never_was_a_pack_is_not_ours(refused, form):
    content = {"docx": files.docx(), "xlsx": files.xlsx("A cost")}[form]
    refused(content, "not a pack that was handed out here|can’t be read")


def test_a_key_of_the_file_that_nobody_signed(handed_out, filled, refused):
    key = rules.file_key(handed_out.key)
    refused(replaced(filled(handed_out), key, "x" * 24 + key[24:]), "not a pack that was handed")


def test_a_key_of_a_question_that_nobody_signed(handed_out, filled, refused, ask):
    key = rules.item_key(handed_out.key, f"q{ask('12.1').pk}")
    refused(replaced(filled(handed_out), key, "0" * 32), "hidden keys")


def test_keys_that_changed_places(handed_out, filled, refused, ask):
    one, other = (rules.item_key(handed_out.key, f"q{ask(n).pk}") for n in ("12.1", "12.2"))
    content = replaced(filled(handed_out), one, "held")
    content = replaced(replaced(content, other, one), "held", other)
    refused(content, "Question 12.[12] reads otherwise")


def test_a_key_of_another_pack_of_the_same_pass(handed_out, pack, filled, refused, ask, form):
    other = pack(form, 11, 12)
    old, new = (rules.item_key(each.key, f"q{ask('12.1').pk}") for each in (handed_out, other))
    refused(replaced(filled(handed_out), old, new), "hidden keys")


def test_a_question_that_was_written_anew(handed_out, filled, refused, ask):
    words = ask("12.1").text[:20]
    refused(replaced(filled(handed_out), words, "Is it not so that"), "Question 12.1 reads otherwi")


def test_a_question_that_stands_there_twice(handed_out, filled, refused, ask):
    one, other = (rules.item_key(handed_out.key, f"q{ask(n).pk}") for n in ("12.1", "12.2"))
    refused(replaced(filled(handed_out), other, one), "twice")


def test_a_judgement_that_there_is_none_of(handed_out, filled, refused):
    content = filled(handed_out, {"12.3": {"Judgement": "Quite good"}})
    refused(content, "Question 12.3: “Quite good” is no judgement. Choose one of: Not yet")


def test_a_judgement_that_was_emptied_is_left(handed_out, filled, bring, form):
    assert not bring(filled(handed_out, {"12.3": {"Judgement": ""}}), form).answers.exists()


def test_a_text_that_no_answer_may_hold(handed_out, filled, refused):
    content = filled(handed_out, {"12.3": {"Narrative": "long " * 5}})
    content = replaced(content, "long long", "long " * 22_000)
    refused(content, "Question 12.3 is longer|can’t be read|more than")


def test_a_file_larger_than_any_pack(handed_out, filled, refused, monkeypatch):
    monkeypatch.setattr(rules, "LARGEST", 1000)
    refused(filled(handed_out), "The file is larger than")


def test_a_file_that_unpacks_to_more_than_any_pack(handed_out, filled, refused):
    """As large as the room for documents still lets in."""
    content = filled(handed_out)
    with zipfile.ZipFile(held := io.BytesIO(content), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/more.bin", b"\0" * (rules.LARGEST_UNPACKED))
    refused(held.getvalue(), "unpacks to|zip bomb")


def test_a_bomb(handed_out, filled, refused):
    with zipfile.ZipFile(held := io.BytesIO(filled(handed_out)), "a", zipfile.ZIP_DEFLATED) as arch:
        arch.writestr("docProps/more.bin", b"\0" * 150_000_000)
    refused(held.getvalue(), "zip bomb")


def test_a_file_with_macros(handed_out, filled, refused, form):
    folder = {"docx": "word", "xlsx": "xl"}[form]
    with zipfile.ZipFile(held := io.BytesIO(filled(handed_out)), "a") as archive:
        archive.writestr(f"{folder}/vbaProject.bin", b"\xd0\xcf\x11\xe0 a program")
    refused(held.getvalue(), "macros")


def test_a_file_that_wants_to_grow(handed_out, filled, bring, form):
    """By entities, which some programs expand."""
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'

    def grown(name: str, part: bytes) -> bytes:
        if not name.endswith(("document.xml", "sheet3.xml")):
            return part
        head, mark, rest = part.partition(b"?>")
        if not mark:
            head, rest = b'<?xml version="1.0"', part
        return head + b"?>" + laughs.encode() + rest

    with pytest.raises(Refused, match="not as Word or Excel save it"):
        bring(in_parts(filled(handed_out), grown), form)


def test_neither_word_nor_excel(bring):
    with pytest.raises(Refused, match="Word or Excel"):
        bring(files.pdf(), "pdf")
    with pytest.raises(Refused, match="is empty"):
        bring(b"", "docx")


def test_a_question_that_was_deleted_is_named(pack, filled, bring, cast):
    document = Document(io.BytesIO(filled(pack("docx", 12))))
    table = document.tables[2]._tbl
    table.getparent().remove(table)
    document.save(held := io.BytesIO())
    content = fill_word(held.getvalue(), {"12.1": {"Narrative": "From the file."}})
    returned = bring(content)
    assert returned.missing == ["12.3"]
    assert returned.answers.count() == 1


def test_rows_in_another_order_are_known_by_their_keys(pack, filled, bring, said, cast):
    content = filled(
        pack("xlsx", 12), {"12.1": {"Narrative": "Of one."}, "12.2": {"Narrative": "Of two."}}
    )
    book = load_workbook(io.BytesIO(content))
    sheet = book["Marker 12"]
    for column in range(1, 8):
        one, other = sheet.cell(5, column), sheet.cell(6, column)
        one.value, other.value = other.value, one.value
    book.save(held := io.BytesIO())
    operations.take_all(returned=bring(held.getvalue(), "xlsx"), by=cast.lead)
    assert [said("12.1")[1], said("12.2")[1]] == ["Of one.", "Of two."]


def test_a_day_typed_into_a_cell_is_a_text(pack, filled, bring):
    book = load_workbook(io.BytesIO(filled(pack("xlsx", 12))))
    assert {book["Marker 12"].cell(5, at).number_format for at in range(4, 8)} == {"@"}
    book["Marker 12"]["F5"].value = 2016
    book.save(held := io.BytesIO())
    assert bring(held.getvalue(), "xlsx").answers.get().texts == {"narrative": "2016"}


def test_no_file_names_anybody(pack, filled, write, cast):
    """Not even who wrote an answer or took the pack: the reference of the pass, and the board's."""
    write("12.1", narrative="As it was.")
    for form in FORMS:
        content = filled(pack(form, 12, is_filled=True))
        said = b" ".join(parts_of(content))
        for person in (*cast.people.values(),):
            assert str(person).encode() not in said
        assert b"Child R" not in said


def test_a_pack_of_a_mistyped_name_is_still_looked_at_by_its_content(
    pack, filled, assessment, cast
):
    upload = SimpleUploadedFile("questions.txt", filled(pack("docx", 12)))
    with pytest.raises(Refused, match="Rename it"):
        operations.take_in(assessment=assessment, upload=upload, by=cast.lead)
    assert Pack.objects.count() == 1
