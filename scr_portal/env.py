"""Settings from the environment; every NAME may instead be NAME_FILE, the path of a secret."""

import os
import sys
from pathlib import Path

import environ

reader = environ.Env()


def _from_file(name: str) -> None:
    path = os.environ.get(f"{name}_FILE")
    if path and name not in os.environ:
        os.environ[name] = Path(path).read_text(encoding="utf-8").strip()


def text(name: str, default: str | None = None) -> str:
    """Raises ImproperlyConfigured where a setting without default is missing."""
    _from_file(name)
    return reader.str(name) if default is None else reader.str(name, default)


def flag(name: str, default: bool = False) -> bool:
    _from_file(name)
    return reader.bool(name, default)


def words(name: str, default: str = "") -> list[str]:
    """A comma separated list without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


OWNERS_COMMANDS = ("migrate", "application_role", "backup", "restore")


def database() -> dict:
    """The application's role, which owns nothing; the owner's for what makes tables."""
    makes_tables = sys.argv[1:2] and sys.argv[1] in OWNERS_COMMANDS
    owner = text("DATABASE_OWNER_URL", "") if makes_tables else ""
    return reader.db_url_config(owner or text("DATABASE_URL"))


def mail(name: str = "EMAIL_URL", default: str = "consolemail://") -> dict:
    return reader.email_url_config(text(name, default))


def documents(folder: Path) -> dict:
    """Django's storage of documents: a folder, or a bucket that speaks S3 where one is named."""
    bucket = text("DOCUMENTS_S3_BUCKET", "")
    if not bucket:
        room = "scr_portal.documents.storage.DiskStorage"
        return {"BACKEND": room, "OPTIONS": {"location": str(folder)}}
    return {
        "BACKEND": "scr_portal.documents.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": text("DOCUMENTS_S3_ENDPOINT", "") or None,
            "region_name": text("DOCUMENTS_S3_REGION", "") or None,
            "access_key": text("DOCUMENTS_S3_ACCESS_KEY", "") or None,
            "secret_key": text("DOCUMENTS_S3_SECRET_KEY", "") or None,
        },
    }


def broker(url: str) -> str:
    """Celery's name for the same Valkey: on a socket it has words of its own."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
