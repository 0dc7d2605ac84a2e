import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from reviews.scoping.terms import queries, rules
from reviews.scoping.terms.models import EarlierText, Section, Terms, TermsAgency
from reviews.scoping.terms.operations import signing, writing
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests.reviews.scoping.terms import drafting


def save(terms, key, by, version=None, **changes):
    version = rules.token(drafting.fields(terms, key)) if version is None else version
    return writing.save_section(
        review=terms.review, key=key, by=by, version=version, changes=changes
    )


def test_two_clicks_begin_one_edition(cast, review):
    first = writing.begin(review=review, by=cast.unit)
    assert writing.begin(review=review, by=cast.lead) == first
    assert Terms.objects.count() == 1


@pytest.mark.parametrize("who", ["chair", "panel", "auditor", "member", "observer", "outsider"])
def test_only_unit_and_lead_write(cast, terms, who):
    with pytest.raises(PermissionDenied):
        writing.begin(review=terms.review, by=cast.people[who])
    with pytest.raises(PermissionDenied):
        save(terms, "family", cast.people[who], text="Words")
    with pytest.raises(PermissionDenied):
        writing.choose_agency(
            review=terms.review,
            agency=cast.agency,
            by=cast.people[who],
            takes_part=True,
        )


def test_a_text_says_who_wrote_it_and_when(cast, terms):
    row, _token = save(terms, "family", cast.lead, text="The grandmother\r\nfirst")
    assert (row.text, row.changed_by) == ("The grandmother\nfirst", cast.lead)
    assert row.changed_at is not None
    assert set(terms.writers.all()) == {cast.unit, cast.lead}
    assert AuditEvent.objects.filter(kind="terms_written", actor_id=cast.lead.pk).count() == 1
    save(terms, "family", cast.lead, text="The grandmother first, then the father")
    assert AuditEvent.objects.filter(kind="terms_written", actor_id=cast.lead.pk).count() == 1


def test_of_two_on_one_text_neither_is_lost(cast, terms):
    read = rules.token(drafting.fields(terms, "family"))
    save(terms, "family", cast.unit, version=read, text="By the unit")
    with pytest.raises(writing.Conflict) as caught:
        save(terms, "family", cast.lead, version=read, text="By the lead")
    assert caught.value.theirs == {"text": "By the unit"}
    assert caught.value.by == cast.unit
    save(terms, "family", cast.lead, version=caught.value.version, text="By both")
    assert Section.objects.get(key="family").text == "By both"
    assert EarlierText.objects.get().text == "By the unit"


def test_two_on_different_fields_of_a_section_both_count(cast, terms):
    read = rules.token(drafting.fields(terms, "period"))
    save(terms, "period", cast.unit, version=read, text="Since her birth", period_from="")
    save(terms, "period", cast.lead, version=read, text="", period_from="2025-01-01")
    terms.refresh_from_db()
    assert terms.period_from.isoformat() == "2025-01-01"
    assert Section.objects.get(key="period").text == "Since her birth"


def test_the_token_of_one_save_serves_the_next(cast, terms):
    _row, token = save(terms, "family", cast.unit, text="One")
    _row, token = save(terms, "family", cast.unit, version=token, text="One two")
    with pytest.raises(writing.Conflict):
        save(terms, "family", cast.lead, version="nonsense", text="Other")


def test_what_was_cut_can_be_read_again(cast, terms):
    long = "A sentence that somebody may want back. " * 5
    save(terms, "family", cast.unit, text=long)
    save(terms, "family", cast.unit, text="Short")
    assert EarlierText.objects.get().text == long
    with pytest.raises(DatabaseError), transaction.atomic():
        EarlierText.objects.update(text="")


def test_a_period_does_not_end_before_it_begins(cast, terms):
    with pytest.raises(Refused, match="before it begins"):
        save(terms, "period", cast.unit, period_from="2025-02-01", period_to="2025-01-01")
    assert not queries.content_of(terms)["period_from"]


def test_an_agency_is_chosen_once_and_what_is_asked_is_kept(cast, terms):
    agency = cast.agency
    for _click in range(2):
        writing.choose_agency(review=terms.review, agency=agency, by=cast.unit, takes_part=True)
    name = f"asked_{agency.pk}"
    save(terms, "agencies", cast.unit, **{name: "A chronology"})
    assert TermsAgency.objects.get().asked == "A chronology"
    read = rules.token(drafting.fields(terms, "agencies"))
    for _click in range(2):
        writing.choose_agency(review=terms.review, agency=agency, by=cast.lead, takes_part=False)
    assert not TermsAgency.objects.exists()
    assert "A chronology" in EarlierText.objects.get().text
    with pytest.raises(Refused, match="taken out"):
        save(terms, "agencies", cast.unit, version=read, **{name: "A chronology and a letter"})


def test_another_boards_agency_is_not_chosen(cast, terms):
    foreign = cast.other_board.agencies.create(name="Southmere Health Trust")
    with pytest.raises(Refused):
        writing.choose_agency(review=terms.review, agency=foreign, by=cast.unit, takes_part=True)


def test_a_text_too_long_is_refused(cast, terms):
    with pytest.raises(Refused, match="20,000"):
        save(terms, "family", cast.unit, text="x" * 20_001)


def test_nothing_is_written_while_the_chair_has_it(cast, terms):
    signing.put_to_chair(terms=terms, by=cast.unit)
    with pytest.raises(Refused, match="with the chair"):
        save(terms, "family", cast.unit, text="Late")


def test_the_next_edition_is_a_copy_that_says_what_is_new(cast, review):
    terms = drafting.begun(cast, review, **drafting.FULL)
    writing.choose_agency(review=review, agency=cast.agency, by=cast.lead, takes_part=True)
    drafting.write(terms, "period", cast.lead, period_from="2025-01-01")
    drafting.signed(cast, review)
    second = writing.begin(review=review, by=cast.unit)
    assert second.number == 2
    before, after = queries.content_of(terms), queries.content_of(second)
    for name in ("sections", "agencies", "period_from", "writers"):
        assert before[name] == after[name], name
    reasons = [str(reason) for reason in signing.missing(second, cast.unit)]
    assert reasons == ["Say what has changed since the last edition."]
    drafting.signed(cast, review)
    third = writing.begin(review=review, by=cast.unit)
    assert "changed" not in queries.content_of(third)["sections"]


def test_signed_texts_stand(cast, review, terms):
    writing.choose_agency(review=review, agency=cast.agency, by=cast.unit, takes_part=True)
    drafting.signed(cast, review)
    for rows in (Section.objects.all(), TermsAgency.objects.all(), Terms.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Section.objects.update(text="Other")
    with pytest.raises(DatabaseError), transaction.atomic():
        TermsAgency.objects.update(asked="Other")
