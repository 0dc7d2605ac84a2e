import io

import docx
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.decisions.advice.models import InputRequest
from reviews.scoping.terms import queries, rules
from reviews.scoping.terms.models import Comment, Section, Terms, TermsVersion
from reviews.scoping.terms.operations import rounds, signing
from scr_portal.audit.models import AuditEvent
from scr_portal.drafts.models import Draft
from tests.cast import PASSWORD
from tests.reviews.scoping.terms import drafting

JSON = {"HTTP_ACCEPT": "application/json"}


def url(name, review, *args):
    return reverse(f"reviews:{name}", args=[review.pk, *args])


def read(client, name, review, *args):
    return client.get(url(name, review, *args)).content.decode()


@pytest.fixture
def unit(cast, sign_in):
    return sign_in(cast.unit)


def test_an_empty_room_says_what_to_do_first(cast, review, unit, sign_in):
    assert "Begin the terms of reference" in read(unit, "terms", review)
    page = read(sign_in(cast.panel), "terms", review)
    assert "There are no terms of reference yet" in page and "Begin" not in page
    assert unit.get(url("terms_edit", review)).url == url("terms", review)
    assert unit.post(url("terms_begin", review)).url == url("terms_edit", review)
    assert unit.post(url("terms_begin", review)).status_code == 302
    assert Terms.objects.count() == 1


def save(client, review, key, version, script=True, **data):
    extra = JSON if script else {}
    return client.post(url("terms_section", review, key), {"version": version} | data, **extra)


BLANK = rules.token({"text": ""})


def test_a_section_is_saved_by_script_with_what_the_page_then_says(cast, review, terms, unit):
    answer = save(unit, review, "family", BLANK, text="The grandmother")
    said = answer.json()
    assert answer.status_code == 200 and said["saved_at"]
    assert said["words"]["check-family"] == ""
    assert "The family is not spoken of" not in said["words"].values()
    assert "no reason for the scale" in said["words"]["check-scale"]
    assert said["words"]["saved-family"].startswith("Last saved by Business unit Invented")
    again = save(unit, review, "family", said["version"], text="The grandmother first")
    assert again.status_code == 200


def test_two_editors_see_both_texts_with_script_and_without(cast, review, terms, unit, sign_in):
    save(unit, review, "family", BLANK, text="By the unit")
    lead = sign_in(cast.lead)
    clash = save(lead, review, "family", BLANK, text="By the lead")
    assert clash.status_code == 409
    assert clash.json()["theirs"] == {"text": "By the unit"}
    assert clash.json()["by"] == "Business unit Invented"
    page = save(lead, review, "family", BLANK, script=False, text="By the lead")
    assert page.status_code == 409
    assert "By the unit" in page.content.decode() and "By the lead" in page.content.decode()
    done = save(lead, review, "family", clash.json()["version"], script=False, text="By both")
    assert done.url == f"{url('terms_edit', review)}#family"
    assert Section.objects.get(key="family").text == "By both"
    assert "By the unit" in read(lead, "terms_earlier", review, "family")


def test_days_are_three_boxes_and_clash_as_such(cast, review, terms, unit, sign_in):
    blank = rules.token({"text": "", "period_from": "", "period_to": ""})
    typed = {"period_from_day": "1", "period_from_month": "2", "period_from_year": "2025"}
    assert save(unit, review, "period", blank, **typed).status_code == 200
    other = typed | {"period_from_day": "3"}
    clash = save(sign_in(cast.lead), review, "period", blank, **other)
    assert clash.json()["theirs"] == {
        "period_from_day": "01",
        "period_from_month": "02",
        "period_from_year": "2025",
    }
    half = save(unit, review, "period", blank, period_from_day="1")
    assert half.status_code == 422 and "must include" in str(half.json()["errors"])
    page = save(unit, review, "period", blank, script=False, period_from_day="1")
    assert "must include" in page.content.decode()
    page = save(sign_in(cast.lead), review, "period", blank, script=False, **other)
    assert 'value="2025-02-03"' in page.content.decode()


def test_agencies_are_put_in_and_taken_out_by_buttons(cast, review, terms, unit):
    agency = cast.agency
    page = read(unit, "terms_edit", review)
    assert f'<option value="{agency.pk}">' in page
    save(unit, review, "agencies", BLANK, script=False, agency=agency.pk, put_in="1")
    assert "What is asked of Northmere Health Trust" in read(unit, "terms_edit", review)
    version = rules.token(drafting.fields(terms, "agencies"))
    asked = {f"asked_{agency.pk}": "A chronology"}
    assert save(unit, review, "agencies", version, agency="", **asked).status_code == 200
    assert terms.agencies.get().asked == "A chronology"
    version = rules.token(drafting.fields(terms, "agencies"))
    save(unit, review, "agencies", version, script=False, take_out=agency.pk)
    assert not terms.agencies.exists()
    lost = save(unit, review, "agencies", version, script=False, **{f"asked_{agency.pk}": "More"})
    assert lost.status_code == 409 and "More" in lost.content.decode()


def test_what_was_typed_while_the_chair_had_it_is_not_lost(cast, review, terms, unit):
    signing.put_to_chair(terms=terms, by=cast.unit)
    page = save(unit, review, "family", BLANK, script=False, text="Too late")
    assert page.status_code == 409 and "Too late" in page.content.decode()
    by_script = save(unit, review, "family", BLANK, text="Too late")
    assert by_script.status_code == 422 and "with the chair" in str(by_script.json())
    assert save(unit, review, "nothing", BLANK, text="x").status_code == 404


def test_a_text_in_work_is_for_who_writes_or_signs(cast, review, terms, sign_in):
    for who in ("unit", "lead", "chair"):
        assert "How did it come about?" in read(sign_in(cast.people[who]), "terms", review)
    for who in ("panel", "auditor", "liaison"):
        client = sign_in(cast.people[who])
        assert "How did it come about?" not in read(client, "terms", review)
        assert client.get(url("terms_file", review, 0, "pdf")).status_code == 404
        assert client.get(url("terms_compare", review) + "?before=0&after=0").status_code == 404
    drafting.sent_out(cast, review)
    drafting.write(terms, "questions", cast.unit, text="Another")
    page = read(sign_in(cast.panel), "terms", review)
    assert "How did it come about?" in page and "Another" not in page


def test_a_text_that_the_chair_has_or_returned_is_still_in_work(cast, review, terms, sign_in):
    panel = sign_in(cast.panel)
    signing.put_to_chair(terms=terms, by=cast.unit)
    [kept] = TermsVersion.objects.all()
    for turn in range(2):
        assert "How did it come about?" not in read(panel, "terms", review)
        assert panel.get(url("terms_version", review, kept.pk)).status_code == 404
        assert panel.get(url("terms_file", review, kept.pk, "pdf")).status_code == 404
        if turn == 0:
            signing.give_back(terms=terms, by=cast.chair, reasons="More")
    drafting.signed(cast, review)
    assert "How did it come about?" in read(panel, "terms", review)


def send(client, review, *people, **data):
    form = {
        "closes_on": "2099-01-31",
        "question": "What would you add?",
        "people": [person.pk for person in people],
    }
    return client.post(url("terms_round_new", review), form | data)


def test_a_round_goes_out_from_a_form(cast, review, terms, unit):
    page = read(unit, "terms_round_new", review)
    assert "Board member Invented" in page
    assert page.count("Business unit Invented") == 1  # in the header
    assert "Choose at least one person" in send(unit, review).content.decode()
    assert send(unit, review, cast.member).url == url("terms", review)
    again = send(unit, review, cast.member).content.decode()
    assert "out for comments already" in again or "Choose one of the answers" in again
    assert InputRequest.objects.count() == 1


def test_a_member_reads_one_version_and_comments(cast, review, terms, sign_in, unit):
    found = drafting.sent_out(cast, review)
    asked = InputRequest.objects.get()
    drafting.write(terms, "questions", cast.unit, text="Changed since")
    others = drafting.said(found, cast.panel, text="By the panel")
    member = sign_in(cast.member)
    page = read(member, "terms_asked", review, asked.pk)
    assert "How did it come about?" in page and "Changed since" not in page
    assert "By the panel" not in page and review.pseudonym not in page
    assert member.get(url("terms_round", review, found.pk)).status_code == 404
    said = {"section": "family", "text": "Ask the aunt", "token": "t"}
    back = member.post(url("terms_comment", review, found.pk), said)
    assert back.url == f"{url('terms_asked', review, asked.pk)}#family"
    member.post(url("terms_comment", review, found.pk), said)
    member.post(url("terms_comment", review, found.pk), said | {"text": "And the uncle"})
    mine = Comment.objects.filter(by=cast.member)
    assert sorted(mine.values_list("text", flat=True)) == ["And the uncle", "Ask the aunt"]
    unit.post(
        url("terms_dispose", review, mine.first().pk),
        {"disposition": "not_taken", "note": "She was away."},
    )
    assert "She was away." in read(member, "terms_asked", review, asked.pk)
    assert others not in mine
    member.post(url("terms_asked", review, asked.pk))
    member.post(url("terms_asked", review, asked.pk))
    rounds.close(found=found, by=cast.unit)
    assert "She was away." in read(member, "terms_asked", review, asked.pk)


def test_who_said_nothing_has_no_page_after_the_round(cast, review, terms, sign_in):
    found = drafting.sent_out(cast, review)
    asked = InputRequest.objects.get()
    rounds.close(found=found, by=cast.unit)
    assert sign_in(cast.member).get(url("terms_asked", review, asked.pk)).status_code == 404


def test_a_comment_that_comes_too_late_can_be_copied(cast, review, terms, sign_in):
    found = drafting.sent_out(cast, review)
    drafting.said(found, cast.member)
    rounds.close(found=found, by=cast.unit)
    for who in (cast.panel, cast.member):
        late = sign_in(who).post(
            url("terms_comment", review, found.pk), {"section": "family", "text": "Late words"}
        )
        assert late.status_code in {409, 404}
        assert late.status_code == 404 or "Late words" in late.content.decode()


def test_an_unsent_comment_is_back_in_its_box(cast, review, terms, sign_in):
    found = drafting.sent_out(cast, review, [cast.panel])
    panel, key = sign_in(cast.panel), queries.draft_key(found, "family")
    panel.post(reverse("drafts:save", args=[key]), {"text": "Not sent yet"})
    assert "Not sent yet" in read(panel, "terms_round", review, found.pk)
    said = {"section": "family", "text": "Sent now", "token": "t"}
    panel.post(url("terms_comment", review, found.pk), said)
    assert not Draft.objects.exists()


def test_writers_answer_and_settle_on_the_page_of_the_round(cast, review, terms, unit):
    found = drafting.sent_out(cast, review)
    one = drafting.said(found, cast.member, text="Ask the nursery")
    assert "Ask the nursery" in read(unit, "terms", review)
    unit.post(url("terms_answer", review, one.pk), {"text": "We will.", "token": "t"})
    unit.post(url("terms_answer", review, one.pk), {"text": "We will.", "token": "t"})
    assert read(unit, "terms_round", review, found.pk).count("We will.") == 1
    kept = unit.post(url("terms_dispose", review, one.pk), {"note": "My long reason"})
    assert kept.status_code == 409 and "My long reason" in kept.content.decode()
    unit.post(url("terms_dispose", review, one.pk), {"disposition": "taken"})
    one.refresh_from_db()
    assert one.disposition == "taken"
    for _click in range(2):
        assert unit.post(url("terms_round_close", review, found.pk)).status_code == 302


def test_any_two_versions_are_compared(cast, review, terms, unit):
    first = drafting.sent_out(cast, review)
    rounds.close(found=first, by=cast.unit)
    drafting.write(terms, "questions", cast.unit, text="How could it come about?")
    second = drafting.sent_out(cast, review)
    pair = f"?before={first.version_id}&after={second.version_id}"
    page = unit.get(url("terms_compare", review) + pair).content.decode()
    assert "<del>" in page and "<ins>" in page
    assert "1 part has changed" in page
    same = unit.get(url("terms_compare", review) + f"?before={second.version_id}&after=0")
    assert "Nothing differs between the two" in same.content.decode()
    assert unit.get(url("terms_compare", review)).status_code == 302
    assert unit.get(url("terms_compare", review) + "?before=999&after=0").status_code == 404


@pytest.mark.parametrize(("kind", "said"), [("pdf", "PDF"), ("docx", "Word")])
def test_a_version_leaves_as_a_file(cast, review, unit, kind, said):
    terms = drafting.begun(cast, review, **drafting.FULL)
    drafting.signed(cast, review)
    version = TermsVersion.objects.get()
    answer = unit.get(url("terms_file", review, version.pk, kind))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert f"{review.reference}-terms-of-reference-1-1" in answer["Content-Disposition"]
    text = _text(answer.content, kind)
    assert "Eighteen months in full" in text and "Board chair Invented" in text
    assert "Draft, not signed" not in text
    assert said in AuditEvent.objects.get(kind="downloaded").target_label
    assert unit.get(url("terms_file", review, version.pk, "odt")).status_code == 404
    assert terms.review == review


def test_a_draft_says_that_it_is_one(cast, review, terms, unit):
    found = drafting.sent_out(cast, review)
    for pk in (0, found.version_id):
        answer = unit.get(url("terms_file", review, pk, "docx"))
        assert "Draft, not signed" in _text(answer.content, "docx")


def _text(content, kind):
    if kind == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)


def test_the_check_is_shown_before_the_chair_is_asked(cast, review, terms, unit):
    page = read(unit, "terms_put", review)
    assert "The family is not spoken of." in page
    assert f"{url('terms_edit', review)}#family" in page
    assert unit.post(url("terms_put", review)).url == url("terms", review)
    second = unit.post(url("terms_put", review), follow=True).content.decode()
    assert "no longer where your page had it" in second


def test_what_is_missing_is_said_instead_of_a_button(cast, review, terms, unit):
    drafting.sent_out(cast, review)
    page = unit.post(url("terms_put", review)).content.decode()
    assert "A round of comments is open." in page and "Put it to the chair</button>" not in page


def test_the_chair_reads_returns_and_signs(cast, review, terms, unit, sign_in):
    chair = sign_in(cast.chair)
    signing.put_to_chair(terms=terms, by=cast.unit)
    assert "Go to sign" in read(chair, "terms", review)
    assert chair.post(url("terms_return", review), {"reasons": "More"}).status_code == 302
    assert "The chair returned it" in read(unit, "terms", review)
    assert chair.post(url("terms_return", review), {"reasons": "More"}).status_code == 302
    terms.refresh_from_db()
    signing.put_to_chair(terms=terms, by=cast.unit)
    terms.refresh_from_db()
    assert "The family is not spoken of." in read(chair, "terms_sign", review)
    form = {"agreed": "on", "password": PASSWORD, "version": terms.version}
    wrong = chair.post(url("terms_sign", review), form | {"password": "wrong"})
    assert "This is not your password" in wrong.content.decode()
    for version in ("", "one", "9" * 50, "1"):
        old = chair.post(url("terms_sign", review), form | {"version": version})
        assert "has changed since you opened this page" in old.content.decode()
    assert chair.post(url("terms_sign", review), form).url == url("terms", review)
    assert chair.post(url("terms_sign", review), form).url == url("terms", review)
    terms.refresh_from_db()
    page = chair.get(reverse("reviews:signature", args=[review.pk, terms.signature_id]))
    assert "the record as it stands today agree" in page.content.decode()
    assert "Begin the next edition" in read(unit, "terms", review)
    assert unit.post(url("terms_take_back", review)).url == url("terms", review)


def test_pages_cost_the_same_whatever_they_hold(cast, review, terms, sign_in):
    found = drafting.sent_out(cast, review, [cast.member, cast.panel])
    client = sign_in(cast.unit)
    places = [url("terms", review), url("terms_round", review, found.pk)]
    costs = []
    for more in (1, 9, 30):
        for number in range(more):
            one = drafting.said(found, cast.panel, text=f"{more} {number}")
            Comment.objects.create(
                review=review,
                round=found,
                section=one.section,
                parent=one,
                text="x",
                by=cast.unit,
                token=drafting.token(),
            )
        for place in places:
            client.get(place)
        row = []
        for place in places:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(place).status_code == 200
            row.append(len(caught))
        costs.append(row)
    assert costs[0] == costs[1] == costs[2]


def test_right_to_left_and_hostile_text_is_only_text(cast, review, terms, unit):
    hostile = '<script>alert("x")</script> قالت الجدة {{ 7|add:7 }}'
    drafting.write(terms, "family", cast.unit, text=hostile)
    found = drafting.sent_out(cast, review)
    drafting.said(found, cast.member, text=hostile)
    for place in ("terms", "terms_edit"):
        page = read(unit, place, review)
        assert "<script>alert" not in page and "قالت الجدة" in page
    page = read(unit, "terms_round", review, found.pk)
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_comment_with_a_nul_is_kept_and_an_endless_one_comes_back(cast, terms, sign_in):
    found = drafting.sent_out(cast, terms.review, [cast.member])
    member, address = sign_in(cast.member), url("terms_comment", terms.review, found.pk)
    said = {"section": "family", "token": "one", "text": "The\x00 uncle"}
    assert member.post(address, said).status_code == 302
    assert Comment.objects.get().text == "The uncle"
    endless = member.post(address, said | {"text": "x" * (rules.LONGEST + 1)})
    assert endless.status_code == 409 and "20,000 characters" in endless.content.decode()
    unit, one = sign_in(cast.unit), Comment.objects.get().pk
    for name, more in (("terms_answer", {}), ("terms_dispose", {"disposition": "taken"})):
        typed = {"text": "Yes\x00", "note": "Yes\x00"} | more
        assert unit.post(url(name, terms.review, one), typed).status_code == 302
