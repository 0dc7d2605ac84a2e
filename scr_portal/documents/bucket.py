"""A bucket that speaks S3, of Amazon or of anybody else."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

from scr_portal.documents.kinds import MIB
from scr_portal.documents.storage import scratch


class BucketStorage(S3Storage):
    """An object appears when all of it has arrived, so nothing is written aside here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            file_overwrite=False,
            default_acl=None,
            # What is read comes through a file on the disk beyond this, not through memory.
            max_memory_size=MIB,
            client_config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
                # Amazon's newest checksums are unknown to other makers of buckets.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=10,
                read_timeout=60,
                retries={"max_attempts": 3},
            ),
            **options,
        )

    def _open(self, name: str, mode: str = "rb") -> Any:
        scratch()
        return super()._open(name, mode)
