"""What moved, told in sentences: for who reads one page and no table."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quality_markers.comparing.content import Chapter, Pair
from quality_markers.comparing.models import Movement


@dataclass(frozen=True)
class Passage:
    """One thing that moved, and why in somebody's own words, where they have said it."""

    text: str
    why: Movement | None = None


def story(chapter: Chapter) -> list[Passage]:
    """In the order of the questions; empty where nothing moved."""
    return [Passage(text, pair.why) for pair in chapter.pairs if (text := _told(pair))]


def _told(pair: Pair) -> str:
    """Empty where nothing moved and nobody said why."""
    if not pair.moved and not pair.why:
        return ""
    then, now = pair.then, pair.now
    words = {
        "question": pair.reference,
        "then": then.judgement if then else "",
        "now": now.judgement if now else "",
    }
    return next(iter(_sentences(pair))) % words


def _sentences(pair: Pair) -> Iterator[str]:
    """The first that fits."""
    then = pair.then is not None and pair.then.is_considered
    now = pair.now is not None and pair.now.is_considered
    if pair.now is None:
        if then:
            yield _("%(question)s was judged “%(then)s” and is not asked any more.")
        yield _("%(question)s is not asked any more.")
    if "judgement" in pair.moved:
        if not then:
            yield _("%(question)s had not been considered; it is now judged “%(now)s”.")
        if not now:
            yield _("%(question)s was judged “%(then)s” and has not been considered since.")
        yield _("%(question)s was judged “%(then)s”; it is now judged “%(now)s”.")
    if pair.moved and now:
        yield _("%(question)s is still judged “%(now)s”, in other words than then.")
    if pair.moved:
        yield _("%(question)s has not been judged; what is written there has changed.")
    yield _("%(question)s stands as it did.")
