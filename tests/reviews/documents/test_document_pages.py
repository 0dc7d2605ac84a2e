import re
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews.documents import operations
from reviews.documents.models import Document
from reviews.permissions import Permission as P
from scr_portal.documents import operations as engine
from scr_portal.documents import uploads
from scr_portal.documents.models import StoredFile
from tests.builders import a_document, a_review
from tests.scr_portal.documents import files

MISSING = 999_999


@pytest.fixture
def review(cast):
    review = a_review(cast)
    cast.on(review)
    return review


def url(name, review, *args) -> str:
    return reverse(f"reviews:{name}", args=[review.pk, *args])


def filled(content=None, name="minutes.docx", **fields):
    upload = SimpleUploadedFile(name, files.docx() if content is None else content)
    given = {"kind": "minutes", "permission": P.READ_DOCUMENTS, "marking": "sensitive"}
    return given | {"token": "one", "file": upload} | fields


def test_an_empty_list_says_what_to_do_first(review, cast, sign_in):
    page = sign_in(cast.unit).get(url("documents", review)).content.decode()
    assert "There is no document yet" in page
    assert "Upload documents" in page
    assert (
        "Upload documents" not in sign_in(cast.panel).get(url("documents", review)).content.decode()
    )


def test_a_plain_post_uploads_one_file(review, cast, sign_in):
    client = sign_in(cast.lead)
    done = client.post(url("document_new", review), filled(name=r"C:\x\Panel of 3 May.docx"))
    assert done.url == url("documents", review)
    document = Document.objects.get()
    assert (document.title, document.kind) == ("Panel of 3 May", "minutes")
    assert client.post(url("document_new", review), filled()).url == done.url
    page = client.get(done.url).content.decode()
    assert page.count("Panel of 3 May</a>") == 1
    assert "Not scanned" in page


def test_the_script_gets_its_answer_file_by_file(review, cast, sign_in):
    client = sign_in(cast.lead)
    asked = {"headers": {"accept": "application/json"}}
    done = client.post(url("document_new", review), filled(title="One"), **asked)
    assert done.json() == {"text": "“One” is kept.", "url": url("documents", review)}
    wrong = client.post(url("document_new", review), filled(b"MZ", token="two"), **asked)
    assert wrong.status_code == 400
    assert "is not a Word document inside" in wrong.json()["errors"][0]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"content": b""}, "is empty. Choose the file again"),
        ({"content": files.zipped({"a": "b"})}, "is an archive"),
        ({"content": files.docx("0" * 30_000_000)}, "zip bomb"),
        ({"content": files.pdf()}, "is a PDF inside. Rename it"),
        ({"content": files.docx(**{"word/vbaProject.bin": b"x"})}, "holds macros"),
        ({"kind": ""}, "Select kind"),
        ({"permission": P.EDIT}, "Choose one of the answers given"),
        ({"permission": "reviews.nothing"}, "Choose one of the answers given"),
        ({"file": ""}, "Select"),
    ],
)
def test_what_is_wrong_is_said_on_the_page_and_nothing_is_kept(
    review, cast, sign_in, fields, sentence
):
    content = fields.pop("content", None) if "content" in fields else None
    page = sign_in(cast.lead).post(url("document_new", review), filled(content, **fields))
    said = page.content.decode()
    assert page.status_code == 200
    assert sentence in said or (sentence == "Select" and "file" in said)
    assert "Error: " in said
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_broken_off_with_a_sentence(review, cast, sign_in, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    large = filled(files.pdf("x" * 2000), "large.pdf", title="Kept title")
    page = sign_in(cast.lead).post(url("document_new", review), large).content.decode()
    assert "“large.pdf” is larger than" in page
    assert "Kept title" in page


@pytest.mark.parametrize("size", [10, 700_000])
def test_a_full_disk_is_said_on_the_page(review, cast, sign_in, monkeypatch, size):
    """The last of a file is written when it is gone back to, and once more when it is closed."""
    full = partial(open, "/dev/full", "r+b")
    monkeypatch.setattr(uploads.tempfile, "TemporaryFile", lambda dir: full())
    sent = filled(files.pdf("x" * size), "minutes.pdf")
    answer = sign_in(cast.lead).post(url("document_new", review), sent)
    assert "There is no room left to keep “minutes.pdf”" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_files_are_dropped_where_none_is_wanted(review, cast, sign_in, client, monkeypatch):
    made = []
    monkeypatch.setattr(uploads.tempfile, "TemporaryFile", lambda dir: made.append(dir))
    for who, address in (
        (sign_in(cast.lead), url("detail", review)),
        (sign_in(cast.lead), reverse("accounts:profile")),
        (client, url("document_new", review)),
        (client, reverse("account_login")),
    ):
        who.post(address, filled())
    assert made == []


def test_a_document_shows_its_versions_and_gives_them_out(review, cast, sign_in):
    document = a_document(review, cast, permission=P.SEE_FAMILY)
    client = sign_in(cast.lead)
    new = url("document_version_new", review, document.pk)
    assert b"Version 1 and those before it are kept" in client.get(new).content
    posted = {"token": "two", "since": "1", "note": "With the names"}
    sent = client.post(new, posted | {"file": SimpleUploadedFile("b.pdf", files.pdf())})
    assert sent.url == document.get_absolute_url()
    page = client.get(sent.url).content.decode()
    for words in ("Version 2", "Version 1", "With the names", "b.pdf", "minutes.txt", "SHA-256"):
        assert words in page
    first = client.get(url("document_download", review, document.pk, 1))
    assert b"".join(first.streaming_content) == b"What was said."
    assert first["Content-Disposition"] == 'attachment; filename="minutes.txt"'
    assert "sandbox" in first["Content-Security-Policy"]
    assert "no-store" in first["Cache-Control"]
    assert client.get(url("document_download", review, document.pk, 3)).status_code == 404


def test_what_one_may_not_read_is_as_absent_as_what_never_was(review, cast, sign_in):
    document = a_document(review, cast, permission=P.EDIT, title="Lighthouse keeper")
    other = a_review(cast)
    elsewhere = a_document(other, cast)
    for who in (cast.lead, cast.panel, cast.chair):
        client = sign_in(who)
        for name, more in (("document", []), ("document_download", [1])):
            never = client.get(url(name, review, MISSING, *more))
            for pk in (document.pk, elsewhere.pk):
                absent = client.get(url(name, review, pk, *more))
                assert absent.status_code == never.status_code == 404
                assert absent.content == never.content
        for query in ("", "?q=keeper", "?kind=minutes"):
            page = client.get(url("documents", review) + query)
            assert b"Lighthouse" not in page.content
            assert page.context["listing"].count == 0


def test_a_file_that_waits_for_its_scan_is_shown_as_such_and_not_given(review, cast, sign_in):
    document = a_document(review, cast)
    client = sign_in(cast.unit)
    download = url("document_download", review, document.pk, 1)
    for state, words in (("waiting", "waits to be scanned"), ("refused", "something harmful")):
        StoredFile.objects.update(scan=state)
        page = client.get(document.get_absolute_url()).content.decode()
        assert words in page
        assert download not in page
        assert client.get(download).status_code == 404


def test_words_of_the_newest_version_are_found(review, cast, sign_in):
    document = a_document(review, cast, content=b"The lighthouse keeper spoke.")
    a_document(review, cast, title="Other", kind="terms")
    for stored in StoredFile.objects.all():
        engine.process(pk=stored.pk)
    client = sign_in(cast.panel)

    def found(query: str) -> int:
        page = client.get(url("documents", review) + query)
        return page.context["listing"].count

    assert (found(""), found("?q=keepers"), found("?q=Other"), found("?q=nothing")) == (2, 1, 1, 0)
    assert (found("?kind=terms"), found("?kind=x"), found("?q=MINUTES.TXT")) == (1, 2, 2)
    again = operations.add_version(
        document=document,
        by=cast.unit,
        upload=SimpleUploadedFile("b.txt", b"Nobody spoke."),
        token="b",
        since=1,
    )
    engine.process(pk=again.file_id)
    assert (found("?q=lighthouse"), found("?q=speaking or spoke")) == (0, 1)


def test_withdrawn_documents_are_listed_for_who_may_put_them_back(review, cast, sign_in):
    document = a_document(review, cast)
    unit = sign_in(cast.unit)
    done = unit.post(url("document_withdraw", review, document.pk), {"reason": "Wrong file"})
    assert done.status_code == 302
    assert b"Withdrawn (1)" in unit.get(url("documents", review)).content
    assert b"Withdrawn" not in sign_in(cast.panel).get(url("documents", review)).content
    page = unit.get(document.get_absolute_url()).content.decode()
    assert "Wrong file" in page
    assert url("document_download", review, document.pk, 1) not in page
    unit.post(url("document_put_back", review, document.pk))
    assert Document.objects.get().withdrawn_at is None


def test_only_the_owner_and_the_unit_are_offered_a_change(review, cast, sign_in):
    document = a_document(review, cast)
    edit = url("document_edit", review, document.pk)
    lead, unit = sign_in(cast.lead), sign_in(cast.unit)
    assert edit not in lead.get(document.get_absolute_url()).content.decode()
    assert lead.get(edit).status_code == 403
    form = {"title": "Notes", "kind": "other", "marking": "official", "owner": cast.lead.pk}
    assert unit.post(edit, form | {"permission": P.SEE_NAMES}).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.owner, document.permission) == (
        "Notes",
        cast.lead,
        P.SEE_NAMES,
    )
    page = unit.post(edit, form | {"permission": P.EDIT}).content.decode()
    assert "be its owner" in page


def test_a_room_sends_its_thing_along(review, cast, sign_in, settings):
    path = "tests.reviews.documents.targets.children"
    settings.CONTRIBUTIONS = settings.CONTRIBUTIONS | {"document_targets": [path]}
    child = review.children.get()
    client = sign_in(cast.lead)
    address = url("document_new", review) + "?permission=reviews.see_family&kind=family&about="
    page = client.get(f"{address}reviews.child:{child.pk}").content.decode()
    assert f"It will belong to: {child}" in page
    assert re.search('value="reviews.see_family"[^>]* checked', page)
    client.post(f"{address}reviews.child:{child.pk}", filled())
    assert Document.objects.get().about_id == str(child.pk)
    for wrong in (f"reviews.child:{MISSING}", "reviews.user:1", "x", "reviews.child:\x00"):
        assert client.get(address + wrong).status_code == 404
    page = client.get(url("document_new", review) + "?permission=reviews.edit").content.decode()
    assert 'value="reviews.edit"' not in page


@pytest.mark.parametrize("who", ["unit", "panel"])
def test_a_list_costs_the_same_whatever_its_length(
    review, cast, sign_in, who, django_assert_max_num_queries
):
    client = sign_in(cast.people[who])
    client.get(url("documents", review))  # what every first page of a session costs
    counts = []
    for number in (1, 9, 30):
        for each in range(number):
            a_document(review, cast, token=f"{number}-{each}", content=b"%d %d" % (number, each))
        with django_assert_max_num_queries(40) as asked:
            page = client.get(url("documents", review) + "?q=minutes")
        assert page.context["listing"].count == Document.objects.count()
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
