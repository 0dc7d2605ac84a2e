import pytest
from django.urls import reverse

from quality_markers.assessments import operations as assessments
from quality_markers.exports import layout, operations
from quality_markers.exports.models import Export
from reviews.case.models import Appointment
from reviews.case.operations import people
from reviews.permissions import Role

FORM = {"of": "pass", "form": "pdf", "names": "yes", "token": "a"}


def url(name, review, *args) -> str:
    return reverse(f"quality_markers:{name}", args=[review.pk, *args])


@pytest.fixture
def made(assessment, ask, monkeypatch):
    monkeypatch.setattr(layout, "to_file", lambda book, form, tell: b"%PDF-1.7")
    export = ask(assessment)
    operations.make(pk=export.pk)
    return export


def test_two_posts_of_one_form_make_one_export(review, assessment, cast, sign_in):
    client = sign_in(cast.lead)
    form = {**FORM, "token": "4f" * 16}
    first = client.post(url("export_new", review, 1), form)
    second = client.post(url("export_new", review, 1), form)
    export = Export.objects.get()
    assert first.url == second.url == export.get_absolute_url()
    page = client.get(first.url)
    assert b"data-progress-url" in page.content
    assert b"Check again" in page.content
    status = client.get(url("export_status", review, export.pk)).json()
    assert status == {"percent": 0, "state": "waiting", "text": "Waiting for its turn", "url": ""}


def test_the_file_is_an_attachment_that_nobody_sniffs(review, made, cast, sign_in):
    client = sign_in(cast.lead)
    assert b"Download the PDF file" in client.get(made.get_absolute_url()).content
    where = client.get(url("export_status", review, made.pk)).json()["url"]
    response = client.get(where)
    assert response.content == b"%PDF-1.7"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{made.file_name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_only_the_person_who_asked(review, made, cast, sign_in):
    for person in (cast.unit, cast.chair, cast.panel, cast.liaison):
        for name in ("export", "export_status", "export_download"):
            assert sign_in(person).get(url(name, review, made.pk)).status_code == 404
    assert sign_in(cast.observer).get(url("export_download", review, made.pk)).status_code == 403
    assert sign_in(cast.stranger).get(url("export_download", review, made.pk)).status_code == 404


def test_a_file_made_by_more_rights_is_not_there_with_fewer(review, made, cast, sign_in):
    """Beside the answers stand facts and documents that a panel may not know of."""
    people.appoint(review=review, user=cast.lead, role=Role.PANEL, by=cast.unit)
    row = Appointment.objects.get(review=review, user=cast.lead, role=Role.LEAD)
    client = sign_in(cast.lead)
    assert client.get(made.get_absolute_url()).status_code == 200
    people.end_appointment(appointment=row, by=cast.unit)
    for name in ("export", "export_status", "export_download"):
        assert client.get(url(name, review, made.pk)).status_code == 404
    assert made.file_name.encode() not in client.get(url("exports", review)).content
    assert client.get(url("export_new", review, 1)).status_code == 200


def test_leave_that_ended_after_asking_ends_the_download(review, made, cast, sign_in):
    client = sign_in(cast.lead)
    appointment = Appointment.objects.get(review=review, user=cast.lead)
    people.end_appointment(appointment=appointment, by=cast.unit)
    gone = client.get(url("export_download", review, made.pk))
    never = client.get(url("export_download", review, made.pk + 999))
    assert gone.status_code == never.status_code == 404


def test_who_may_read_fewer_markers_by_now_is_not_given_the_file(review, made, cast, sign_in):
    people.appoint(review=review, user=cast.lead, role=Role.LIAISON, by=cast.unit)
    appointment = Appointment.objects.get(review=review, user=cast.lead, role=Role.LEAD)
    people.end_appointment(appointment=appointment, by=cast.unit)
    client = sign_in(cast.lead)
    assert made.file_name.encode() not in client.get(url("exports", review)).content
    assert client.get(url("export_download", review, made.pk)).status_code == 404


def test_a_file_that_is_not_there_yet_is_not_found(review, assessment, ask, cast, sign_in):
    export = ask(assessment)
    assert sign_in(cast.lead).get(url("export_download", review, export.pk)).status_code == 404


def test_one_marker_comes_at_once(review, assessment, cast, sign_in):
    response = sign_in(cast.lead).get(url("marker_pdf", review, 1, 3))
    assert response.content.startswith(b"%PDF-1.7")
    assert "-self-assessment-1-marker-3-" in response["Content-Disposition"]
    liaison = sign_in(cast.liaison)
    assert liaison.get(url("marker_pdf", review, 1, 3)).status_code == 404
    assert liaison.get(url("marker_pdf", review, 1, 99999999)).status_code == 404
    assert not Export.objects.exists()


def test_a_marker_too_long_to_wait_for_is_made_behind_the_page(
    review, assessment, answer, cast, sign_in
):
    answer(assessment, "3.1", narrative="A word or two. " * 4000)
    client = sign_in(cast.lead)
    page = client.get(url("marker_pdf", review, 1, 3))
    assert b"made behind the page" in page.content
    client.post(url("export_new", review, 1), {**FORM, "marker": "3"})
    assert Export.objects.filter(marker__number=3).count() == 1


def test_the_list_says_what_to_do_first_and_then_what_there_is(
    review, assessment, ask, cast, sign_in
):
    client = sign_in(cast.lead)
    assert b"You have not asked for a file" in client.get(url("exports", review)).content
    export = ask(assessment)
    assert export.file_name.encode() in client.get(url("exports", review)).content


@pytest.mark.parametrize("marker", ["9" * 5000, "99", "one", "\x00", "1"])
def test_a_marker_that_is_not_theirs_is_none_that_there_is(
    marker, review, assessment, cast, sign_in
):
    page = sign_in(cast.liaison).post(url("export_new", review, 1), {**FORM, "marker": marker})
    assert page.status_code == 200
    assert b"There is a problem" in page.content
    assert not Export.objects.exists()


def test_everything_is_chosen_on_one_page(review, assessment, cast, sign_in):
    client = sign_in(cast.lead)
    page = client.get(url("export_new", review, 1) + "?marker=3")
    assert b"Take it with you" in page.content
    assert b'<option value="3" selected>' in page.content
    assert b"comparison" not in page.content
    other = assessments.open_pass(review=review, purpose="retrospective", by=cast.lead)
    where = url("export_new", review, 2)
    wanted = {"of": "comparison", "form": "xlsx", "names": "no", "recipient": "The panel"}
    refused = client.post(where, {**FORM, **wanted, "compared_with": "0"})
    assert refused.status_code == 200
    client.post(where, {**FORM, **wanted, "compared_with": assessment.pk, "with_comments": "on"})
    made = Export.objects.get()
    assert (made.assessment, made.compared_with) == (other, assessment)
    assert (made.form, made.is_named, made.with_comments) == ("xlsx", False, True)
    assert made.recipient == "The panel"


def test_a_comparison_is_with_an_earlier_one(review, assessment, cast, sign_in):
    """Else "then" would be the newer of the two."""
    newer = assessments.open_pass(review=review, purpose="retrospective", by=cast.lead)
    client, where = sign_in(cast.lead), url("export_new", review, 1)
    assert b"comparison" not in client.get(where).content
    client.post(where, {**FORM, "of": "comparison", "compared_with": newer.pk})
    assert not Export.objects.exists()


def test_liaison_is_offered_the_markers_of_the_family_alone(review, assessment, cast, sign_in):
    page = sign_in(cast.liaison).get(url("export_new", review, 1)).content
    assert b'<option value="12">' in page
    assert b'<option value="1">' not in page


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv"])
def test_each_form_comes_with_its_type_and_name(form, review, assessment, ask, cast, sign_in):
    export = ask(assessment, form=form, marker=assessment.markers.get(number=3))
    operations.make(pk=export.pk)
    response = sign_in(cast.lead).get(url("export_download", review, export.pk))
    assert response["Content-Type"] == layout.TYPES[form]
    assert response["Content-Disposition"].endswith(f'.{form}"')
