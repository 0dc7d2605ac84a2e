from quality_markers.catalogue.operations.importing import (
    AlreadyImported,
    import_published,
    load_own,
    read_published,
)

__all__ = ["AlreadyImported", "import_published", "load_own", "read_published"]
