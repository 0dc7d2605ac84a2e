"""Several people write on one edition. What one has written no other loses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.scoping.terms import queries, rules, scope
from reviews.scoping.terms.models import EarlierText, Section, Terms, TermsAgency
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Agency
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


class Conflict(Exception):
    """Somebody else changed the same field first. Changes of other fields have been saved.

    ``theirs``: field to text as it stands; ``version`` is the token of a page that shows them.
    """

    def __init__(self, section: Section, theirs: dict[str, str], version: str) -> None:
        self.by, self.at = section.changed_by, section.changed_at
        self.theirs, self.version = theirs, version
        super().__init__(", ".join(theirs))


@transaction.atomic
def begin(*, review: Review, by: Any) -> Terms:
    """The edition in work, made where there is none: a copy of the last, or an empty one."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.WRITE_SCOPE, review)
    last = queries.current(review)
    if last and last.state != Terms.State.SIGNED:
        return last
    terms = Terms.objects.create(
        review=review,
        number=last.number + 1 if last else 1,
        period_from=last.period_from if last else None,
        period_to=last.period_to if last else None,
        created_by=by,
        created_at=clock.now(),
    )
    terms.writers.add(by)
    if last:
        _copy(last, terms)
    audit.record(
        kind=audit.Event.TERMS_BEGUN, by=by, target=terms, changes={"edition": terms.number}
    )
    return terms


def _copy(last: Terms, terms: Terms) -> None:
    """With its writers: what they wrote is signed anew, and not by them."""
    terms.writers.add(*last.writers.all())
    for rows in (last.sections.exclude(key=scope.CHANGED), last.agencies.all()):
        for row in rows:
            row.pk, row.terms = None, terms
            row.save(force_insert=True)


def in_work(review: Review) -> Terms:
    """Raises Refused where nothing can be written now. The caller holds the review's lock."""
    terms = queries.current(review)
    if terms is None or terms.state == Terms.State.SIGNED:
        raise Refused(_("Nobody has begun to write. Begin on the page of the terms of reference."))
    if terms.state == Terms.State.READY:
        raise Refused(_("The text is with the chair. Take it back to change it."))
    return terms


def fields_of(terms: Terms, key: str, section: Section | None) -> dict[str, str]:
    """Every field under one heading as it stands, by the name that it has on the page."""
    fields = {"text": section.text if section else ""}
    if key == "period":
        fields |= {
            name: day.isoformat() if (day := getattr(terms, name)) else "" for name in rules.PERIOD
        }
    if key == "agencies":
        asked = terms.agencies.values_list("agency", "asked")
        fields |= {f"{rules.ASKED}{agency}": text for agency, text in asked}
    return fields


@transaction.atomic
def _write(
    review: Review, key: str, by: Any, version: str, changes: Mapping[str, str]
) -> tuple[Section, dict[str, str], str]:
    review = Review.objects.locked(review.pk)
    require(by, Permission.WRITE_SCOPE, review)
    terms = in_work(review)
    section, _made = Section.objects.get_or_create(
        terms=terms, key=key, defaults={"review": review}
    )
    now = fields_of(terms, key, section)
    if changes.keys() - now.keys():
        raise Refused(
            _("An agency has been taken out while you wrote. Copy your text, then read again.")
        )
    written, clashes = rules.merge(now, version, changes)
    if written:
        _put(terms, section, written, by)
    now = fields_of(terms, key, section)
    return section, clashes, rules.token_after(now, version, changes, clashes)


def save_section(
    *, review: Review, key: str, by: Any, version: str, changes: Mapping[str, str]
) -> tuple[Section, str]:
    """Write the fields that changed; gives the section and the token for the page's next save.

    ``version`` is the token that the page holds. Days are ISO texts. Raises Conflict and Refused.
    """
    changes = {name: rules.normal(text) for name, text in changes.items()}
    if any(len(text) > rules.LONGEST for text in changes.values()):
        raise Refused(_("A text may hold 20,000 characters."))
    section, clashes, token = _write(review, key, by, version, changes)
    if clashes:
        raise Conflict(section, clashes, token)
    return section, token


def _put(terms: Terms, section: Section, written: Mapping[str, str], by: Any) -> None:
    at = clock.now()
    begins = rules.begins_sitting(section, by, at)
    _put_days(terms, written)
    for name, text in written.items():
        if name.startswith(rules.ASKED):
            terms.agencies.filter(agency=int(name.removeprefix(rules.ASKED))).update(asked=text)
    text = written.get("text", section.text)
    if rules.keeps_earlier(section, by, at, text):
        EarlierText.objects.create(
            review=section.review,
            section=section,
            text=section.text,
            by=section.changed_by,
            at=section.changed_at,
        )
    section.text, section.changed_by, section.changed_at = text, by, at
    section.version += 1
    section.save()
    terms.writers.add(by)
    if begins:
        _record(terms, section.key, by)


def _put_days(terms: Terms, written: Mapping[str, str]) -> None:
    days = {name: written[name] for name in rules.PERIOD if name in written}
    if not days:
        return
    for name, text in days.items():
        setattr(terms, name, date.fromisoformat(text) if text else None)
    if terms.period_from and terms.period_to and terms.period_to < terms.period_from:
        raise Refused(_("The period can’t end before it begins."))
    terms.save(update_fields=list(days))


def _record(terms: Terms, key: str, by: Any) -> None:
    """Once a sitting, and which section: never a word of the text."""
    audit.record(
        kind=audit.Event.TERMS_WRITTEN,
        by=by,
        target=terms,
        changes={"section": scope.topics()[key].title},
    )


def _take_out(row: TermsAgency, by: Any) -> None:
    """What was asked of it can still be read among the earlier texts."""
    if row.asked:
        section, _made = Section.objects.get_or_create(
            terms=row.terms, key="agencies", defaults={"review": row.review}
        )
        EarlierText.objects.create(
            review=row.review,
            section=section,
            text=f"{row.agency}: {row.asked}",
            by=section.changed_by or by,
            at=section.changed_at or clock.now(),
        )
    row.delete()


@transaction.atomic
def choose_agency(*, review: Review, agency: Agency, by: Any, takes_part: bool) -> None:
    """Put an agency on the list or take it off. Asked twice, the second time changes nothing."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.WRITE_SCOPE, review)
    terms = in_work(review)
    if agency.board_id != review.board_id:
        raise Refused(_("This agency is not on the board's list."))
    row = TermsAgency.objects.filter(terms=terms, agency=agency).first()
    if (row is not None) == takes_part:
        return
    if row is None:
        TermsAgency.objects.create(review=review, terms=terms, agency=agency)
    else:
        _take_out(row, by)
    terms.writers.add(by)
    _record(terms, "agencies", by)
