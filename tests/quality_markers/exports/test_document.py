"""What is in the file, read back from the file."""

import io
import re
from functools import partial

import pikepdf
import pypdf

from quality_markers.assessments import operations as assessments
from quality_markers.catalogue.models import Question


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def read(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_a_whole_pass_signed_by_the_chair(assessment, answer, cast, review, file_for):
    for number in range(1, 8):
        answer(
            assessment, f"12.{number}", judgement="partly", narrative=f"Words {number}.\n\nMore."
        )
    answer(
        assessment, "1.1", judgement="not_applicable", not_applicable_reason="Nothing came late."
    )
    answer(assessment, "1.2", judgement="in_place", evidence="Log of 3 March.")
    assessments.submit(assessment=assessment, by=cast.lead)
    signature = assessments.accept(
        assessment=assessment, by=cast.chair, method="password"
    ).signature
    assert signature
    content = file_for(cast.lead)
    pages = read(content)
    whole = squeezed("".join(pages))

    assert Question.objects.count() == 107
    lost = [q.text for q in Question.objects.all() if squeezed(q.text) not in whole]
    assert lost == []
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert page.count("OFFICIAL-SENSITIVE") >= 2
        assert review.reference in page
    for words in ("Notapplicable", "Nothingcamelate.", "12.3.2", "Logof3March.", "Partlyinplace"):
        assert words in whole
    assert whole.count("Notyetconsidered") == 107 - 9
    assert signature.sha256 in whole
    assert squeezed(signature.statement) in whole
    assert f"/signatures/{signature.pk}" in whole
    assert assessment.catalogue.sha256[:16] in whole
    assert squeezed(assessment.catalogue.title) in whole
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.docinfo.Title) == f"{review.reference}, Self-assessment 1"
        with document.open_outline() as outline:
            [title] = outline.root
            assert title.children[0].title == "Contents"
            clusters = title.children[1:4]
            assert sum(len(cluster.children) for cluster in clusters) == 18


def test_family_liaison_gets_the_markers_about_the_family_alone(assessment, answer, cast, file_for):
    answer(assessment, "1.1", narrative="What family liaison may not read.")
    answer(assessment, "12.1", narrative="What the family said.")
    whole = squeezed("".join(read(file_for(cast.liaison))))
    for question in Question.objects.select_related("marker"):
        assert (squeezed(question.text) in whole) == (question.marker.number in (4, 12))
    assert "Whatthefamilysaid." in whole
    assert "maynotread" not in whole
    assert "Markersinthiscopy4,12" in whole


def test_one_marker_of_a_pass(answer, assessment, cast, file_for):
    whole = squeezed("".join(read(file_for(cast.lead, marker=2))))
    for question in Question.objects.select_related("marker"):
        assert (squeezed(question.text) in whole) == (question.marker.number == 2)
    assert "Notsigned." in whole


HOSTILE = [
    "<img src=file:///etc/passwd>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<script>alert('a')</script><style>* { display: none }</style>",
    "</p></section></body></html> &lt;b&gt; {{ settings.SECRET_KEY }} {% debug %}",
    "@page { size: 1mm } static:print/document.css",
    "Łódź Київ ½ € “quotes” zero\u200bwidth soft\u00adhyphen",
]


def test_hostile_text_is_text(answer, assessment, cast, file_for):
    answer(assessment, "3.1", narrative="\n\n".join(HOSTILE), evidence="bell\x07 escape\x1b[31m")
    answer(assessment, "3.2", narrative="أقول لكم 😀 שלום " + "x" * 20_000)
    content = file_for(cast.lead, marker=3)
    invisible = partial(re.sub, "[\u200b\u00ad]", "")
    whole = invisible(squeezed("".join(read(content))))
    for words in HOSTILE:
        assert invisible(squeezed(words)) in whole
    assert "bellescape[31m" in whole
    assert whole.count("x") >= 20_000
    assert "root:" not in whole
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.attachments
        assert not any(
            name in document.Root for name in ("/OpenAction", "/AcroForm", "/JavaScript", "/AA")
        )
