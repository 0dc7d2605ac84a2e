import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quality_markers.assessments import operations as assessments
from quality_markers.catalogue.operations import load_own
from quality_markers.packs import operations
from tests.builders import a_review
from tests.quality_markers.packs.filling import fill_excel, fill_word


@pytest.fixture
def catalogue(db):
    return load_own()


@pytest.fixture
def review(cast, catalogue):
    review = a_review(cast)
    cast.on(review, "lead", "liaison", "panel", "observer")
    return review


@pytest.fixture
def assessment(review, cast):
    return assessments.open_pass(review=review, purpose="clarity", by=cast.lead)


@pytest.fixture
def ask(catalogue):
    """``ask("12.4")``: a question of the catalogue by its published number."""

    def asked(reference: str):
        marker, number = reference.split(".")
        return (
            catalogue.markers.get(number=marker)
            .questions.select_related("marker")
            .get(number=number)
        )

    return asked


@pytest.fixture
def write(assessment, ask, cast):
    """``write("12.4", narrative="…")``, having read what stands there."""

    def written(reference: str, by=None, assessment=assessment, **changes):
        question = ask(reference)
        row = assessment.answers.filter(question=question).first()
        return assessments.save_answer(
            assessment=assessment,
            question=question,
            by=by or cast.lead,
            version=row.version if row else 0,
            changes=changes,
        )[0]

    return written


@pytest.fixture
def said(assessment, ask):
    """``said("12.4")``: its judgement and narrative as they stand."""

    def now(reference: str, assessment=assessment):
        row = assessment.answers.filter(question=ask(reference)).first()
        return (row.judgement, row.narrative) if row else None

    return now


@pytest.fixture
def pack(assessment, cast):
    """``pack("docx", 12)``: handed out to the lead; the row."""

    def handed_out(
        form="docx", *markers, by=None, is_filled=False, assessment=assessment, token=""
    ):
        chosen = markers or [marker.number for marker in assessment.markers.all()]
        return operations.hand_out(
            assessment=assessment,
            form=form,
            is_filled=is_filled,
            markers=list(chosen),
            by=by or cast.lead,
            token=token or f"{form} {markers} {is_filled}",
        )

    return handed_out


@pytest.fixture
def filled(cast):
    """``filled(pack, {"12.4": {"Narrative": "…"}})``: the file with that written into it."""

    def file(pack, texts=None, by=None) -> bytes:
        _name, content = operations.file_of(pack=pack, by=by or cast.lead)
        fill = fill_word if pack.form == "docx" else fill_excel
        return fill(content, texts or {})

    return file


@pytest.fixture
def bring(assessment, cast):
    """``bring(content, "docx")``: taken in, as the lead brings it back."""

    def brought(content: bytes, form="docx", by=None, assessment=assessment, answered_by=""):
        return operations.take_in(
            assessment=assessment,
            upload=SimpleUploadedFile(f"questions.{form}", content),
            by=by or cast.lead,
            answered_by=answered_by,
        )

    return brought
