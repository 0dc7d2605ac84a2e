import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quality_markers.catalogue import operations, queries
from quality_markers.catalogue.models import CatalogueVersion
from quality_markers.catalogue.sheets import files
from quality_markers.catalogue.sheets.plain import digest
from scr_portal.audit.models import AuditEvent
from scr_portal.documents import scanner
from tests.quality_markers.conftest import INVENTED

SHEET = INVENTED.read_bytes()


@pytest.fixture
def national(db):
    return operations.load_own()


@pytest.fixture
def draft(national, cast):
    return operations.begin(board=cast.board, based_on=national, by=cast.unit)


@pytest.fixture
def client(sign_in, cast):
    return sign_in(cast.unit)


@pytest.fixture
def url(cast):
    def of(name, *args, board=True):
        return reverse(f"quality_markers:{name}", args=[cast.board.slug, *args] if board else args)

    return of


def page(response, status=200):
    assert response.status_code == status, response
    return response.content.decode()


def upload(client, url, content, name="sheet.yaml", **fields):
    return client.post(url, {"file": SimpleUploadedFile(name, content), **fields})


def test_from_a_version_to_the_boards_own(client, url, national, cast):
    told = page(client.get(url("board_catalogue")))
    assert "Begin a draft" in told and national.title in told
    page(client.get(url("board_catalogue_begin")))
    response = client.post(url("board_catalogue_begin"), {"based_on": national.pk})
    assert response.url == url("board_draft")
    assert "12. " in page(client.get(response.url))

    page(client.get(url("board_draft_marker", 12)))
    page(client.get(url("board_question_new", 12)))
    response = client.post(url("board_question_new", 12), {"text": "Who holds the diary?"})
    assert response.url == url("board_draft_marker", 12)
    guidance = {"local_guidance": "- Ask Ida.", "version": "0"}
    assert client.post(url("board_draft_marker", 12), guidance).status_code == 302
    told = page(client.get(url("board_draft_marker", 12)))
    assert "12.L1" in told and "- Ask Ida." in told

    told = page(client.get(url("board_draft_publish")))
    assert "Who holds the diary?" in told and "17 other markers are the same." in told
    seen = digest(queries.book_of(queries.draft_of(cast.board)))
    response = client.post(url("board_draft_publish"), {"title": "Ours", "seen": seen})
    assert response.url == url("board_catalogue")
    told = page(client.get(response.url))
    assert "New reviews begin with it" in told and "Ours" in told
    told = page(client.get(reverse("quality_markers:catalogue_marker", args=[12])))
    assert "Guidance of Northmere LSCB" in told and ">12.L1<" in told


def test_a_question_is_edited_and_taken_out(client, url, draft, cast):
    marker = draft.markers.get(number=3)
    operations.add_question(marker=marker, text="Who holds the diary?", by=cast.unit)
    edit = url("board_question_edit", 3, 101)
    assert "Who holds the diary?" in page(client.get(edit))
    assert client.post(edit, {"text": "Who keeps it?", "version": "0"}).status_code == 302
    told = page(client.post(edit, {"text": "Mine?", "version": "0"}), 409)
    assert "Who keeps it?" in told and "Mine?" in told
    assert client.get(url("board_question_remove", 3, 101)).status_code == 405
    assert client.post(url("board_question_remove", 3, 101)).status_code == 302
    assert client.post(url("board_question_remove", 3, 101)).status_code == 302
    assert not marker.questions.filter(number=101).exists()
    assert client.get(edit).status_code == 404
    assert client.get(url("board_question_edit", 3, 1)).status_code == 404


def test_two_people_at_one_guidance_see_both_sides(client, url, draft, cast):
    marker = draft.markers.get(number=4)
    operations.change_guidance(marker=marker, text="Theirs.", version=0, by=cast.chair)
    sent = {"local_guidance": "Mine.", "version": "0"}
    told = page(client.post(url("board_draft_marker", 4), sent), 409)
    assert "Theirs." in told and "Mine." in told and cast.chair.name in told


def test_words_that_changed_meanwhile_are_shown_before_they_are_published(client, url, draft, cast):
    sent = {"title": "Ours", "seen": "0" * 64}
    told = page(client.post(url("board_draft_publish"), sent))
    assert "Read it again" in told
    assert digest(queries.book_of(draft)) in told


def test_without_a_draft_its_pages_lead_back(client, url, national):
    for name in ("board_draft", "board_draft_publish", "board_draft_discard"):
        assert client.get(url(name)).url == url("board_catalogue")
    assert client.get(url("board_draft_marker", 1)).status_code == 404


def test_a_second_draft_is_refused_with_the_way_to_the_first(client, url, draft, national):
    told = page(client.post(url("board_catalogue_begin"), {"based_on": national.pk}))
    assert "has a draft of a catalogue already" in told and draft.get_absolute_url() in told


def test_a_draft_is_discarded(client, url, draft, cast):
    assert "is lost" in page(client.get(url("board_draft_discard")))
    assert client.post(url("board_draft_discard")).status_code == 302
    assert queries.draft_of(cast.board) is None


def test_a_version_is_retired_and_taken_up_again(client, url, draft, cast, national):
    operations.add_question(marker=draft.markers.get(number=1), text="Ours?", by=cast.unit)
    seen = digest(queries.book_of(draft))
    ours = operations.publish(draft=draft, title="Ours", seen=seen, by=cast.unit)
    assert national.title in page(client.get(url("board_catalogue_retire", ours.pk)))
    client.post(url("board_catalogue_retire", ours.pk))
    assert CatalogueVersion.objects.current(cast.board) == national
    assert client.get(url("board_catalogue_take_up", ours.pk)).status_code == 405
    client.post(url("board_catalogue_take_up", ours.pk))
    assert CatalogueVersion.objects.current(cast.board) == ours
    assert client.get(url("board_catalogue_retire", national.pk)).status_code == 404


@pytest.mark.parametrize("kind", files.Kind.values)
def test_a_sheet_shows_what_would_change_and_is_loaded_as_a_draft(
    client, url, national, cast, kind
):
    book = files.read(SHEET)
    content = files.write(book, kind, national)
    against = {"against": national.pk}
    told = page(upload(client, url("board_catalogue_load"), content, f"a.{kind}", **against))
    assert "holds 15 markers and 40 questions" in told and national.title in told
    assert queries.draft_of(cast.board) is None
    sheet = {"sheet": files.write(book, "yaml", national).decode().replace("\n", "\r\n")}
    response = client.post(url("board_catalogue_keep"), sheet)
    assert response.url == url("board_draft")
    assert queries.book_of(queries.draft_of(cast.board)) == book
    client.post(url("board_catalogue_keep"), sheet)
    assert CatalogueVersion.objects.filter(state="draft").count() == 1


def test_a_sheet_without_anything_to_compare_with_is_shown_whole(client, url, national):
    told = page(upload(client, url("board_catalogue_load"), SHEET))
    assert "Ten winters on" in told and "Load it as a draft" in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SHEET.replace(b"cluster: 4", b"cluster: 9"), "there is no cluster 9"),
        (b"just words", "This is not a catalogue"),
        (b"PK\x03\x04", "can’t be read as an Excel workbook"),
        (b"", "empty"),
    ],
)
def test_a_sheet_that_falls_short_is_refused_under_its_box(client, url, national, content, said):
    assert said in page(upload(client, url("board_catalogue_load"), content))


def test_a_sheet_goes_past_the_scanner_first(client, url, national, monkeypatch):
    monkeypatch.setattr(scanner, "is_set", lambda: True)
    monkeypatch.setattr(scanner, "verdict", lambda pieces: "Bad.Thing")
    assert "Bad.Thing" in page(upload(client, url("board_catalogue_load"), SHEET))

    def away(pieces):
        raise scanner.ScannerAway("x")

    monkeypatch.setattr(scanner, "verdict", away)
    told = page(upload(client, url("board_catalogue_load"), SHEET))
    assert "Try again in a few minutes" in told


def test_what_was_sent_instead_of_the_dry_run_is_read_as_carefully(client, url, national, cast):
    assert client.post(url("board_catalogue_keep"), {"sheet": "x: [1"}).status_code == 302
    assert client.post(url("board_catalogue_keep")).status_code == 302
    assert queries.draft_of(cast.board) is None


@pytest.mark.parametrize("who", ["member", "auditor", "lead", "outsider", "stranger"])
def test_the_boards_pages_are_absent_to_everybody_else(sign_in, url, draft, cast, who):
    client = sign_in(cast.people[who])
    for name in ("board_catalogue", "board_draft", "board_catalogue_load", "board_draft_publish"):
        assert client.get(url(name)).status_code == 404
    missing = reverse("quality_markers:catalogue_version", args=[999_999])
    absent = client.get(missing)
    hidden = client.get(draft.get_absolute_url())
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    compare = url("catalogue_compare", board=False)
    told = page(client.get(f"{compare}?old={draft.based_on_id}&new={draft.pk}"))
    assert draft.title not in told.replace(draft.based_on.title, "")


def test_versions_are_compared_by_whoever_may_read_both(client, url, draft, cast, national):
    operations.add_question(marker=draft.markers.get(number=2), text="Ours?", by=cast.unit)
    compare = url("catalogue_compare", board=False)
    page(client.get(compare))
    told = page(client.get(f"{compare}?old={national.pk}&new={draft.pk}"))
    assert "2.L1" in told and "Ours?" in told
    assert "word for word" in page(client.get(f"{compare}?old={draft.pk}&new={draft.pk}"))
    page(client.get(f"{compare}?old=x&new="))


@pytest.mark.parametrize("kind", files.Kind.values)
def test_a_version_is_taken_along_and_the_history_says_so(client, national, cast, kind):
    address = reverse("quality_markers:catalogue_file", args=[national.pk, kind])
    response = client.get(address)
    assert files.read(response.content) == queries.book_of(national)
    assert f".{kind}" in response.headers["Content-Disposition"]
    assert client.get(address).content == response.content
    assert AuditEvent.objects.filter(kind="catalogue_downloaded").count() == 2
    assert client.get(address.replace(kind, "pdf")).status_code == 404


def test_a_version_that_is_not_in_use_is_read_as_it_was(client, national, invented_catalogue):
    told = page(client.get(national.get_absolute_url()))
    assert "New reviews begin with another version" in told
    of = reverse("quality_markers:catalogue_version_marker", args=[national.pk, 12])
    assert of in told
    told = page(client.get(of))
    assert reverse("quality_markers:catalogue_version_marker", args=[national.pk, 11]) in told
    assert client.get(of.replace("/12/", "/19/")).status_code == 404


@pytest.mark.parametrize("own", [1, 10, 40])
def test_pages_cost_the_same_whatever_the_board_has_added(
    client, url, draft, cast, own, django_assert_max_num_queries
):
    marker = draft.markers.get(number=1)
    for number in range(own):
        operations.add_question(marker=marker, text=f"Own {number}?", by=cast.unit)
    client.get(url("board_draft"))
    for name, args in (("board_draft", []), ("board_draft_marker", [1]), ("board_catalogue", [])):
        with django_assert_max_num_queries(16):
            client.get(url(name, *args))
    with django_assert_max_num_queries(20):
        client.get(url("board_draft_publish"))
