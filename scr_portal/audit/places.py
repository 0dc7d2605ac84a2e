"""Where anchors of the history are kept: a folder, a bucket whose objects are locked, a mailbox."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from scr_portal import env
from scr_portal.core import clock

# Nobody shortens it: a bucket in compliance mode refuses even its owner.
LOCKED_FOR = timedelta(days=10 * 365)


class Place(Protocol):
    name: str
    # Whether what was put there can be read again from here.
    is_read: bool

    def names(self) -> list[str]: ...

    def read(self, name: str) -> bytes: ...

    def put(self, name: str, body: bytes) -> None:
        """Raises FileExistsError for a name that is there: nothing is written over."""


class Folder:
    """Mounted from another machine, or one on which the portal may add and not take away."""

    name, is_read = "folder", True

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        return sorted(each.name for each in self.path.glob("anchor-*.json"))

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def put(self, name: str, body: bytes) -> None:
        """It appears as a whole or not at all, and never over another."""
        self.path.mkdir(parents=True, exist_ok=True)
        part = self.path / f".{name}.{os.getpid()}"
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o440)
        try:
            os.link(part, self.path / name)
        finally:
            part.unlink()


class Bucket:
    name, is_read = "bucket", True

    def __init__(self, bucket: str, prefix: str) -> None:
        self.bucket, self.prefix = bucket, f"{prefix}/" if prefix else ""

    @property
    def client(self) -> Any:
        import boto3  # a second to import, and few keep anchors in a bucket

        return boto3.client(
            "s3",
            endpoint_url=env.text("AUDIT_ANCHOR_S3_ENDPOINT", "") or None,
            region_name=env.text("AUDIT_ANCHOR_S3_REGION", "") or None,
            aws_access_key_id=env.text("AUDIT_ANCHOR_S3_ACCESS_KEY", "") or None,
            aws_secret_access_key=env.text("AUDIT_ANCHOR_S3_SECRET_KEY", "") or None,
        )

    def names(self) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=f"{self.prefix}anchor-"
        )
        keys = [row["Key"] for page in pages for row in page.get("Contents", [])]
        return sorted(key.removeprefix(self.prefix) for key in keys)

    def read(self, name: str) -> bytes:
        found = self.client.get_object(Bucket=self.bucket, Key=self.prefix + name)
        return found["Body"].read()

    def put(self, name: str, body: bytes) -> None:
        if name in self.names():
            raise FileExistsError(name)
        self.client.put_object(
            Bucket=self.bucket,
            Key=self.prefix + name,
            Body=body,
            ObjectLockMode="COMPLIANCE",
            ObjectLockRetainUntilDate=clock.now() + LOCKED_FOR,
        )


class Mailbox:
    """One that the portal can't read. ``verify_audit --anchors FOLDER`` reads what was saved."""

    name, is_read = "mailbox", False

    def __init__(self, address: str) -> None:
        self.address = address

    def names(self) -> list[str]:
        return []

    def read(self, name: str) -> bytes:
        raise FileNotFoundError(name)

    def put(self, name: str, body: bytes) -> None:
        message = EmailMessage(f"{settings.PORTAL_URL} {name}", "", to=[self.address])
        message.attach(name, body, "application/json")
        message.send()


def place_of(address: str) -> Place | None:
    """None where nothing is set up. Raises ImproperlyConfigured for what it does not know."""
    if not address:
        return None
    url = urlsplit(address)
    if url.scheme == "file":
        return Folder(Path(unquote(url.path)))
    if url.scheme == "s3":
        return Bucket(url.netloc, url.path.strip("/"))
    if url.scheme == "mailto":
        return Mailbox(url.path)
    raise ImproperlyConfigured("AUDIT_ANCHOR begins with file://, s3:// or mailto:")
