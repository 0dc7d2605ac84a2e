from tests.matrix.conftest import _laid, laid, quiet  # noqa: F401
