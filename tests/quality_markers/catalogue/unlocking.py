import pgtrigger


def unlocked():
    """Inside, published words can be changed: for tests that need words of their own."""
    return pgtrigger.ignore(
        "quality_markers.Marker:stands_once_published",
        "quality_markers.Question:stands_once_published",
    )
