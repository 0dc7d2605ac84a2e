"""The case of the matrix, with something behind every address."""

from tests.matrix.conftest import _laid, laid, quiet

__all__ = ["_laid", "laid", "quiet"]
