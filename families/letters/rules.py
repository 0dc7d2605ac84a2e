"""What each kind of letter belongs to, and how one is laid out."""

from datetime import timedelta

from django.utils.timezone import localdate

from families.involvement.models import How, Phase
from families.letters.languages import language
from families.letters.models import Kind, Letter, Style, Way
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.sheet import Sheet

PHASES = {
    Kind.INFORMATION: Phase.INFORMING,
    Kind.INVITATION: Phase.CONTRIBUTING,
    Kind.MEETING: Phase.CONTRIBUTING,
    Kind.ACCURACY: Phase.ACCURACY,
    Kind.REPORT: Phase.REPORT,
    Kind.PUBLICATION: Phase.PUBLICATION,
    Kind.THANKS: Phase.LEARNING,
}
# As what a letter that left stands in the log of contacts, whose note says the rest.
CONTACTS = {
    Way.POST: How.LETTER,
    Way.HANDED: How.OTHER,
    Way.READ_OUT: How.OTHER,
    Way.EMAIL: How.EMAIL,
}
# Letters that ask something, and after which somebody looks whether an answer came.
ASKING = frozenset({Kind.INVITATION, Kind.MEETING, Kind.ACCURACY, Kind.REPORT})
DRAFT_IS_OLD = timedelta(days=7)
REPLY_IS_LATE = timedelta(weeks=3)
POINTS = {Style.STANDARD: 12, Style.LARGE: 18, Style.EASY: 16}


def sheet_of(letter: Letter) -> Sheet:
    """With the day of sending, or today while it has not gone. A day in figures reads anywhere."""
    spoken = language(letter.language)
    day = letter.sent_on or localdate(clock.now())
    return Sheet(
        title=letter.subject,
        text=letter.body,
        board=letter.review.board.name,
        reference=letter.review.reference,
        day=on_screen(day) if spoken.is_english else f"{day:%d/%m/%Y}",
        made_at=clock.now(),
        language="en-GB" if spoken.is_english else spoken.code,
        writing=spoken.writing,
        rtl=spoken.rtl,
        points=POINTS[Style(letter.style)],
        airy=letter.is_easy_read,
    )
