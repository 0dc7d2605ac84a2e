from scr_portal.core.invariants import Invariant, found


def invariants() -> list[Invariant]:
    return [Invariant("versions", "Every file is a version of a document of its review", _loose)]


def _loose() -> list[str]:
    return found(
        "SELECT 'file ' || file.id || CASE WHEN version.id IS NULL"
        " THEN ' is of no document' ELSE ' is of a document of another review' END"
        " FROM documents_storedfile file"
        " LEFT JOIN reviews_documentversion version ON version.file_id = file.id"
        " WHERE version.id IS NULL OR version.review_id IS DISTINCT FROM file.review_id"
    )
