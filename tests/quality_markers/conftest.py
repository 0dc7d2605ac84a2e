from pathlib import Path

import pytest

from quality_markers.catalogue import operations
from quality_markers.catalogue.models import CatalogueVersion
from quality_markers.catalogue.sheets import files

INVENTED = Path(__file__).parent / "invented_framework.yaml"


@pytest.fixture
def invented_catalogue(db) -> CatalogueVersion:
    """A framework of 15 markers in 4 clusters, 5 and 11 about families, current for every board."""
    return operations.import_sheet(book=files.read(INVENTED.read_bytes()), is_current=True)
