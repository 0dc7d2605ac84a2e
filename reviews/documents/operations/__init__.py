"""Documents are added, replaced by newer versions, put right, withdrawn and given out."""

from reviews.documents.operations.adding import add, add_version
from reviews.documents.operations.changing import (
    change,
    download,
    download_original,
    put_back,
    withdraw,
    withdraw_all_about,
)

__all__ = [
    "add",
    "add_version",
    "change",
    "download",
    "download_original",
    "put_back",
    "withdraw",
    "withdraw_all_about",
]
