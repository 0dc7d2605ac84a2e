"""Over the wire to the real web server: an upload that is cut off, and a large one that is not."""

import hashlib
import http.client
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from reviews.documents.models import Document
from scr_portal.documents.models import StoredFile
from tests.builders import a_review
from tests.cast import gather
from tests.processes import Processes, own_broker, until
from tests.scr_portal.documents import files

EDGE = "a-line-between-two-fields"


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "documents"


@pytest.fixture
def running(transactional_db, tmp_path, folder):
    with own_broker(), Processes(tmp_path, DOCUMENTS_ROOT=str(folder)) as processes:
        yield processes


class Browser:
    """A signed-in person with a page that holds a form."""

    def __init__(self, processes: Processes, person, page: str) -> None:
        client = Client()
        client.force_login(person, backend="reviews.backends.SignInBackend")
        self.session = client.cookies["session"].value
        self.where = urlsplit(processes.address)
        self.page = page
        answer = self.ask("GET", page)
        content = answer.read().decode()
        self.token = re.search('name="csrfmiddlewaretoken" value="(.+?)"', content)[1]
        cookies = answer.headers.get_all("Set-Cookie") or []
        self.csrf = next(each.split(";")[0] for each in cookies if each.startswith("csrftoken"))

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.where.hostname, self.where.port, timeout=60)

    def ask(self, method: str, page: str) -> http.client.HTTPResponse:
        connection = self.connect()
        connection.request(method, page, headers={"Cookie": f"session={self.session}"})
        return connection.getresponse()

    def begin(self, size: int, name: str) -> http.client.HTTPConnection:
        """All of the form but the file's own bytes, of which ``size`` are to follow."""
        fields = {"csrfmiddlewaretoken": self.token, "token": "one", "kind": "minutes"}
        fields |= {"permission": "reviews.read_documents", "marking": "sensitive"}
        head = "".join(
            f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        )
        head += f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        self.head = (head + "Content-Type: application/octet-stream\r\n\r\n").encode()
        self.tail = f"\r\n--{EDGE}--\r\n".encode()
        connection = self.connect()
        connection.putrequest("POST", self.page)
        connection.putheader("Cookie", f"session={self.session}; {self.csrf}")
        connection.putheader("Content-Type", f"multipart/form-data; boundary={EDGE}")
        connection.putheader("Content-Length", str(len(self.head) + size + len(self.tail)))
        connection.endheaders(self.head)
        return connection


def in_folder(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def holds_an_open_file(folder: Path) -> bool:
    """Whether any process has a file without a name open there: the upload on its way."""
    for each in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(each).startswith(f"{folder}/"):
                return True
        except OSError:
            continue
    return False


@pytest.mark.timeout(300)
def test_an_upload_that_is_killed_leaves_nothing_and_a_large_one_arrives(running, folder):
    cast = gather()
    review = a_review(cast)
    server = running.web()
    browser = Browser(running, cast.unit, reverse("reviews:document_new", args=[review.pk]))
    content = files.pdf(tail=b"%" * (40 * 1024 * 1024) + b"\nstartxref\n9\n%%EOF\n")

    connection = browser.begin(len(content), "large.pdf")
    connection.send(content[: 20 * 1024 * 1024])
    if Path("/proc").exists():
        until(lambda: holds_an_open_file(folder), "the upload on its way")
    running.kill(server)
    running.company.children.remove(server)
    connection.close()
    assert in_folder(folder) == []
    assert not StoredFile.objects.exists()
    assert not Document.objects.exists()

    running.web()
    connection = browser.begin(len(content), "large.pdf")
    connection.send(content + browser.tail)
    assert connection.getresponse().status == 302
    stored = StoredFile.objects.get()
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert len(in_folder(folder)) == 1
    document = Document.objects.get()
    page = reverse("reviews:document_original", args=[review.pk, document.pk, 1])
    given = browser.ask("GET", page)
    assert given.headers["Content-Length"] == str(len(content))
    assert given.read() == content
