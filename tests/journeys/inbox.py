"""Waiting for what comes by itself: through the outbox, the worker and beat."""

import re
import time
from email.message import EmailMessage

from tests.journeys.browsing import Person
from tests.journeys.portal import Portal
from tests.processes import until


def arrives(someone: Person, sentence: str, reference: str, seconds: float = 30) -> None:
    """Look into the inbox again and again, as a person would; open what was waited for."""
    words = sentence.format(reference=reference)
    someone.goto("/inbox/")
    limit = time.monotonic() + seconds
    while not someone.page.get_by_role("button", name=words).count():
        assert time.monotonic() < limit, f"“{words}” did not come within {seconds:.0f} s"
        time.sleep(0.5)
        someone.page.reload()
    someone.press(words)


def do(someone: Person, what: str, reference: str) -> None:
    """Take up from the worklist what waits there on one review."""
    someone.goto("/")
    line = someone.page.get_by_role("listitem").filter(has_text=reference)
    someone.press(what, within=line.filter(has_text=what))


def letter(portal: Portal, email: str, seconds: float = 60) -> EmailMessage:
    """The last message that came for an address."""
    (*_, message) = until(lambda: portal.post.to(email), f"mail for {email}", seconds)
    return message


def link_in(message: EmailMessage) -> str:
    found = re.search(r"https?://\S+", message.get_content())
    assert found, message.get_content()
    return found.group()
