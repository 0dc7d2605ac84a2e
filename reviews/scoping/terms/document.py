"""Terms of reference on paper: every version, and the signed one with its signature."""

from typing import Any

from django.utils.translation import gettext as _

from reviews.scoping.terms import queries, rules, scope
from reviews.scoping.terms.models import Terms, TermsVersion
from reviews.signatures.models import Signature
from reviews.signatures.paper import signed as signed_block
from scr_portal.core import clock
from scr_portal.core.paper import Block, Paper, Section, Table, Text


def paper_of(terms: Terms, version: TermsVersion | None, *, made_by: Any) -> Paper:
    """``version`` None is the text as it stands."""
    content = version.content if version else queries.content_of(terms)
    signed = queries.signed_version(terms)
    signature = terms.signature if signed and version in (None, signed) else None
    return Paper(
        title=_("Terms of reference"),
        subtitle=terms.review.pseudonym,
        reference=terms.review.reference,
        board=terms.review.board.name,
        marking=terms.review.get_marking_display(),
        version=_name(terms, version, signature),
        made_by=made_by,
        made_at=clock.now(),
        sections=[_section(content, topic) for topic in _topics(content)],
        signatures=[signed_block(signature)] if signature else [],
        state="" if signature else _("Draft, not signed"),
    )


def _name(terms: Terms, version: TermsVersion | None, signature: Signature | None) -> str:
    if signature:
        return _("Edition %(number)s, signed") % {"number": terms.number}
    if version:
        said = {"number": version, "why": version.get_why_display()}
        return _("Version %(number)s: %(why)s") % said
    return _("Edition %(number)s, the text as it stands") % {"number": terms.number}


def _topics(content: rules.Content) -> list[scope.Topic]:
    return scope.sections(edition=content["edition"])


def _section(content: rules.Content, topic: scope.Topic) -> Section:
    text = rules.text_of(content, topic.key)
    blocks: list[Block] = [Text(text or _("Nothing is written here."))]
    if topic.key == "agencies" and content["agencies"]:
        rows = [[row["agency"], row["asked"]] for row in content["agencies"]]
        blocks = [Table([_("Agency"), _("What is asked of it")], rows, (1, 2))]
        blocks += [Text(said)] if (said := content["sections"].get("agencies")) else []
    if topic.key == scope.SCALE:
        blocks += [_factors(content, group) for group in scope.GROUPS]
    return Section(topic.title, blocks)


def _factors(content: rules.Content, group: str) -> Table:
    rows = [
        [topic.title, content["sections"].get(topic.key) or _("Nothing is written here.")]
        for topic in scope.factors(group)
    ]
    return Table([scope.GROUPS[group], _("What it means here")], rows, (1, 2))
