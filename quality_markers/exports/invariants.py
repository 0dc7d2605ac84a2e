from scr_portal.core.invariants import Invariant, found


def invariants() -> list[Invariant]:
    return [Invariant("exports", "A file is whole and as it was made, or not there", _half)]


def _half() -> list[str]:
    """Hashed where it lies: no file is carried here for it."""
    return found(
        """
        SELECT 'export ' || id || CASE
                   WHEN done_at IS NULL THEN ' has a file before it is done'
                   WHEN content IS NULL THEN ' is done, and its file is gone'
                   ELSE ' has a file that is not what was made' END
          FROM quality_markers_export
         WHERE done_at IS NULL AND (content IS NOT NULL OR sha256 <> '')
            OR done_at IS NOT NULL AND (content IS NULL) <> (sha256 = '')
            OR content IS NOT NULL AND (
               size <> octet_length(content) OR percent <> 100
               OR sha256 <> encode(sha256(content), 'hex'))
        """
    )
