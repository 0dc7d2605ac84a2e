"""Which drafts are kept."""

import re

KEY = re.compile(r"[a-z][a-z0-9_.-]*:[A-Za-z0-9_.:-]+")
LONGEST_KEY = 150
MOST = 200  # drafts of one person


def is_key(key: str) -> bool:
    """``form:object``, as ``decision:5f0c…``."""
    return len(key) <= LONGEST_KEY and KEY.fullmatch(key) is not None
