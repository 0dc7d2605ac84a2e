"""Which browser, on what, in the words people use for them; the first that fits.

What browsers say of themselves holds the names of others: Edge says Chrome and Safari too.
"""

BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
]


def named(says: str) -> tuple[str, str]:
    """Browser and system out of a ``User-Agent``; empty where it names none that is known.

    Nothing of the header itself is kept: it would tell people apart.
    """
    return _first(BROWSERS, says), _first(SYSTEMS, says)


def _first(known: list[tuple[str, str]], says: str) -> str:
    return next((name for mark, name in known if mark in says), "")
