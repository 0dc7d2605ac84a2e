"""The setting for a bucket, against a server that speaks as much S3 as is needed, over the wire."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils import timezone

from scr_portal import env
from scr_portal.documents import operations, serving
from scr_portal.documents.models import StoredFile
from tests.scr_portal.documents import files

LIST = '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'


class Bucket(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]
    modified: str

    def _key(self) -> str:
        path = unquote(urlsplit(self.path).path)
        assert path.startswith("/case-files")
        assert "AWS4-HMAC-SHA256" in self.headers["Authorization"]
        return path.removeprefix("/case-files").removeprefix("/")

    def do_PUT(self) -> None:
        assert "chunked" not in self.headers.get("Content-Encoding", "")
        self.objects[self._key()] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200)

    def do_HEAD(self) -> None:
        self._object(with_content=False)

    def do_GET(self) -> None:
        if self._key():
            return self._object(with_content=True)
        self._answer(200, self._list(parse_qs(urlsplit(self.path).query)))

    def do_DELETE(self) -> None:
        self.objects.pop(self._key(), None)
        self._answer(204)

    def _object(self, *, with_content: bool) -> None:
        found = self.objects.get(self._key())
        if found is None:
            return self._answer(404)
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if part:
            found = found[int(part[1]) : int(part[2]) + 1 if part[2] else None]
        self._answer(206 if part else 200, found, with_content=with_content)

    def _list(self, query: dict[str, list[str]]) -> bytes:
        [prefix] = query.get("prefix", [""])
        rows = [key.removeprefix(prefix) for key in self.objects if key.startswith(prefix)]
        folders = sorted({row.split("/")[0] for row in rows if "/" in row})
        inner = "".join(
            f"<Contents><Key>{prefix}{row}</Key><Size>1</Size></Contents>"
            for row in rows
            if "/" not in row
        ) + "".join(
            f"<CommonPrefixes><Prefix>{prefix}{each}/</Prefix></CommonPrefixes>" for each in folders
        )
        return f"{LIST}<IsTruncated>false</IsTruncated>{inner}</ListBucketResult>".encode()

    def _answer(self, status: int, content: bytes = b"", *, with_content: bool = True) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", self.modified)
        self.send_header("ETag", '"x"')
        self.end_headers()
        if with_content:
            self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def bucket(settings, tmp_path, monkeypatch) -> Iterator[type[Bucket]]:
    now = timezone.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
    handler = type("Handler", (Bucket,), {"objects": {}, "modified": now})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, value in {
            "BUCKET": "case-files",
            "ENDPOINT": f"http://127.0.0.1:{server.server_port}",
            "REGION": "eu-west-2",
            "ACCESS_KEY": "key",
            "SECRET_KEY": "secret",
        }.items():
            monkeypatch.setenv(f"DOCUMENTS_S3_{name}", value)
        settings.STORAGES = settings.STORAGES | {"documents": env.documents(tmp_path)}
        settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
        yield handler
        server.shutdown()


@pytest.fixture
def stored(bucket, cast) -> StoredFile:
    upload = SimpleUploadedFile("minutes.docx", files.docx("A word for the search"))
    return operations.store(upload, by=cast.unit, board=cast.board, review_id=None)


def test_a_file_goes_into_the_bucket_is_read_and_comes_out(bucket, stored):
    assert list(bucket.objects) == [stored.name]
    operations.process(pk=stored.pk)
    stored.refresh_from_db()
    assert (stored.reading, stored.said.text.strip()) == ("done", "A word for the search")
    response = serving.attachment(stored, as_it_came=True)
    assert b"".join(response.streaming_content) == bucket.objects[stored.name]
    assert b"".join(serving.attachment(stored).streaming_content).startswith(b"PK")
    assert response["Content-Length"] == str(stored.size)


def test_what_no_row_names_is_swept_out_of_the_bucket(bucket, stored):
    bucket.objects["ab/left"] = b"left"
    assert operations.remove_unnamed() == 0
    long_ago = timezone.now() - timedelta(days=2)
    bucket.modified = long_ago.strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert operations.remove_unnamed() == 1
    assert list(bucket.objects) == [stored.name]


def test_what_is_lost_in_the_bucket_is_not_found(bucket, stored):
    bucket.objects.clear()
    with pytest.raises(Http404):
        serving.attachment(stored)
