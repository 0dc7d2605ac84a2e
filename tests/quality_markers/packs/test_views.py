import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quality_markers.assessments import operations as assessments
from quality_markers.packs import contributions, layout, operations, queries
from quality_markers.packs.models import Pack, ReturnedPack
from reviews.case.models import Appointment
from reviews.case.operations import people
from reviews.permissions import Role


def url(name, review, *args) -> str:
    return reverse(f"quality_markers:{name}", args=[review.pk, *args])


def form(**fields):
    return {"token": "4f" * 16, "form": "docx", "filled": "blank", "markers": ["12"]} | fields


@pytest.fixture
def returned(pack, filled, bring, write):
    write("12.2", narrative="As it was.")
    content = filled(
        pack("docx", 1, 12, is_filled=True),
        {
            "1.1": {"Narrative": "From the file, of one."},
            "12.1": {"Narrative": "From the file <b>."},
            "12.2": {"Narrative": "From the file, of two."},
        },
    )
    write("12.2", narrative="Here since.")
    return bring(content, answered_by="The panel")


def token(page: bytes, pk: int) -> str:
    found = re.search(rb'answer/%d">.*?name="seen" value="([^"]+)"' % pk, page, re.S)
    return found[1].decode()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_pack_is_made_and_downloaded(review, assessment, cast, sign_in, kind):
    client = sign_in(cast.lead)
    first, second = (client.post(url("packs", review, 1), form(form=kind)) for _click in range(2))
    pack = Pack.objects.get()
    assert first.url == second.url == f"{url('packs', review, 1)}#pack-{pack.pk}"
    page = client.get(first.url).content
    assert url("pack_download", review, 1, pack.pk).encode() in page
    response = client.get(url("pack_download", review, 1, pack.pk))
    assert response.content.startswith(b"PK")
    assert f"-marker-12-questions-{pack.at:%Y-%m-%d}.{kind}" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_on_paper_there_is_a_pdf_with_room_to_write(review, assessment, cast, sign_in):
    client = sign_in(cast.lead)
    response = client.post(url("packs", review, 1), form(form="paper", markers=["11", "12"]))
    assert response.url == f"{url('question_sheets', review, 1)}?marker=11&marker=12"
    assert not Pack.objects.exists()
    sheets = client.get(response.url)
    assert sheets.content.startswith(b"%PDF-1.7")
    assert sheets["Content-Type"] == "application/pdf"


def test_many_markers_on_paper_come_in_several_files(review, assessment, cast, sign_in):
    """The whole would take longer to draw than anybody waits."""
    client = sign_in(cast.lead)
    every = [str(marker.number) for marker in assessment.markers.order_by("number")]
    page = client.post(url("packs", review, 1), form(form="paper", markers=every), follow=True)
    links = re.findall(r'href="\?(marker=[^"]+)"', page.content.decode())
    assert len(links) > 1
    assert [number for link in links for number in re.findall(r"\d+", link)] == every
    slots = queries.slots_of(cast.lead, assessment)
    for part in queries.in_parts(slots, operations.ON_PAPER):
        assert sum(len(group) for _marker, group in part) <= operations.ON_PAPER


def test_of_no_marker_there_is_a_sentence_and_no_file(review, assessment, cast, sign_in):
    client = sign_in(cast.lead)
    assert (
        b"Choose at least one marker."
        in client.post(url("packs", review, 1), form(markers=[])).content
    )
    for asked in ("", "?marker=99", "?marker=x"):
        page = client.get(url("question_sheets", review, 1) + asked, follow=True).content
        assert b"Choose at least one marker that is yours" in page


def test_liaison_is_offered_the_family_s_markers_alone(review, assessment, cast, sign_in):
    client = sign_in(cast.liaison)
    page = client.get(url("packs", review, 1)).content.decode()
    offered = set(re.findall(r'name="markers" value="(\d+)"', page))
    family = assessment.markers.filter(is_family=True).values_list("number", flat=True)
    assert offered == {str(number) for number in family}
    stopped = client.post(url("packs", review, 1), form(markers=["1"]))
    assert stopped.status_code == 200
    assert not Pack.objects.exists()


def test_a_pack_that_holds_other_markers_is_absent_to_liaison(review, pack, cast, sign_in):
    other, own = pack("docx", 1, 12), pack("docx", 12)
    client = sign_in(cast.liaison)
    assert client.get(url("pack_download", review, 1, other.pk)).status_code == 404
    assert client.get(url("pack_download", review, 1, own.pk)).status_code == 200
    page = client.get(url("packs", review, 1)).content
    assert f"pack-{own.pk}".encode() in page
    assert f"pack-{other.pk}".encode() not in page


def test_a_pack_is_made_again_without_what_is_no_longer_theirs(review, pack, cast, sign_in):
    handed_out = pack("docx", 1, 12)
    people.appoint(review=review, user=cast.lead, role=Role.LIAISON, by=cast.unit)
    lead = Appointment.objects.get(review=review, user=cast.lead, role=Role.LEAD)
    people.end_appointment(appointment=lead, by=cast.unit)
    found = operations.file_of(pack=Pack.objects.get(pk=handed_out.pk), by=cast.lead)[1]
    assert b"PK" in found
    numbers = {item.heading.split(".")[0] for item in layout.read("docx", found).items}
    assert "12" in numbers
    assert "1" not in numbers


def test_who_may_fill_in_nothing_is_told_so(review, assessment, cast, sign_in):
    page = sign_in(cast.panel).get(url("packs", review, 1)).content
    assert b"None of its questions is yours" in page
    assert b"Make the pack" not in page
    for person in (cast.chair, cast.observer, cast.auditor):
        assert sign_in(person).get(url("packs", review, 1)).status_code == 403
    assert sign_in(cast.stranger).get(url("packs", review, 1)).status_code == 404


def test_a_file_is_brought_back_and_read(review, pack, filled, cast, sign_in):
    content = filled(pack("docx", 12), {"12.1": {"Narrative": "From the file."}})
    client = sign_in(cast.lead)

    def send():
        upload = SimpleUploadedFile("back.docx", content)
        return client.post(url("pack_return", review, 1), {"file": upload, "answered_by": "Panel"})

    first, second = send(), send()
    returned = ReturnedPack.objects.get()
    assert first.url == second.url == returned.get_absolute_url()
    page = client.get(first.url).content
    assert b"New in the file" in page
    assert b"From the file." in page
    assert b"The answers are from: Panel" in page
    assert b"Take the answer that nothing stands against" in page


def test_what_stands_against_a_file_is_said_under_it(review, assessment, cast, sign_in):
    client = sign_in(cast.lead)
    upload = SimpleUploadedFile("notes.txt", b"What was said.")
    page = client.post(url("pack_return", review, 1), {"file": upload}).content
    assert b"A pack comes back as the Word or Excel file" in page
    page = client.post(url("pack_return", review, 1), {}).content
    assert b"Enter the Word or Excel file" in page or b"Select the Word or Excel file" in page
    assert not ReturnedPack.objects.exists()


def test_three_texts_stand_side_by_side_and_nothing_is_markup(review, returned, cast, sign_in):
    page = sign_in(cast.lead).get(returned.get_absolute_url()).content.decode()
    both = page[page.index("Changed in the file and changed here") :]
    assert (
        both.index("As it was.") < both.index("From the file, of two.") < both.index("Here since")
    )
    assert "From the file &lt;b&gt;." in page
    assert "Take the 2 answers that nothing stands against" in page


def test_taken_left_and_undone_by_their_buttons(review, returned, cast, sign_in, said):
    client = sign_in(cast.lead)
    client.post(url("returned_take_all", review, returned.pk))
    assert said("12.1")[1] == "From the file <b>."
    assert said("12.2")[1] == "Here since."
    row = returned.answers.get(state="waiting")
    page = client.get(returned.get_absolute_url()).content
    answer = url("returned_answer", review, returned.pk, row.pk)
    client.post(answer, {"act": "leave"})
    assert b"Each answer in the file is settled" in client.get(returned.get_absolute_url()).content
    client.post(answer, {"act": "undo"})
    client.post(answer, {"act": "take", "seen": token(page, row.pk)})
    assert said("12.2")[1] == "From the file, of two."
    client.post(answer, {"act": "undo"})
    assert said("12.2")[1] == "Here since."


def test_who_had_not_seen_the_newest_text_is_told(review, returned, write, cast, sign_in, said):
    client = sign_in(cast.lead)
    row = returned.answers.get(question__number=2)
    seen = token(client.get(returned.get_absolute_url()).content, row.pk)
    write("12.2", by=cast.unit, narrative="At the same moment.")
    answer = url("returned_answer", review, returned.pk, row.pk)
    page = client.post(answer, {"act": "take", "seen": seen}, follow=True).content.decode()
    assert "Business unit Invented changed it while you were looking." in page
    assert said("12.2")[1] == "At the same moment."


def test_another_s_return_is_settled_by_who_may_fill_in_all_of_it(
    review, returned, cast, sign_in, said
):
    row = returned.answers.get(question__marker__number=1)
    answer = url("returned_answer", review, returned.pk, row.pk)
    liaison = sign_in(cast.liaison)
    assert liaison.get(returned.get_absolute_url()).status_code == 404
    assert liaison.post(answer, {"act": "take"}).status_code == 404
    assert liaison.post(url("returned_take_all", review, returned.pk)).status_code == 404
    assert sign_in(cast.unit).get(returned.get_absolute_url()).status_code == 200
    sign_in(cast.unit).post(url("returned_take_all", review, returned.pk))
    assert said("1.1")[1] == "From the file, of one."


def test_while_the_chair_reads_there_are_no_buttons(review, returned, assessment, cast, sign_in):
    assessments.submit(assessment=assessment, by=cast.lead)
    client = sign_in(cast.lead)
    assert b'name="act"' not in client.get(returned.get_absolute_url()).content
    page = client.get(url("packs", review, 1)).content
    assert b"can\xe2\x80\x99t be changed now" in page
    assert b"Make the pack" not in page
    assert b"Read the file" not in client.get(url("pack_return", review, 1)).content


def test_the_first_page_says_what_waits_until_it_is_settled(review, returned, cast):
    [need] = contributions.worklist(cast.lead)
    assert need.url == returned.get_absolute_url()
    assert contributions.worklist(cast.unit) == []
    for line in returned.answers.all():
        operations.leave(row=line, by=cast.lead)
    assert contributions.worklist(cast.lead) == []


@pytest.mark.parametrize("name", ["packs", "returned_pack"])
def test_pages_cost_the_same_however_much_there_is(
    name, review, assessment, pack, filled, bring, write, cast, sign_in
):
    client = sign_in(cast.lead)

    def cost(*numbers: str) -> int:
        texts = {number: {"Narrative": f"Of {numbers}"} for number in numbers}
        for number in numbers:
            write(number, narrative=f"Here {numbers}")
        returned = bring(filled(pack("xlsx", 11, 12, len(numbers)), texts), "xlsx")
        page = url("packs", review, 1) if name == "packs" else returned.get_absolute_url()
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return len(queries)

    first = cost("12.1")
    assert cost("11.1", "11.2", "11.3", "12.2", "12.3", "12.4") == first
