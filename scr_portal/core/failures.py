"""An error as a log may keep it: what and where, without the words that came with it.

PostgreSQL quotes the row that it refuses and a mail server the address: text of a case and people's
addresses, which no log holds.
"""

import traceback


def without_words(error: BaseException | None) -> str:
    """The classes of an error and of those it came from, each under the lines it passed."""
    told = []
    while error is not None:
        told.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
        hidden = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or hidden
    return "\nafter\n".join(told)
