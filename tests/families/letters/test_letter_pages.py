"""What the pages show and to whom, what leaves as a file, and what other rooms are told."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from families.involvement.models import Safety
from families.involvement.operations import proceedings, refusals
from families.letters import contributions, queries
from families.letters.models import Letter
from families.letters.operations import letters as operations
from families.letters.operations import sending, templates
from reviews.case.evidence import evidence
from reviews.case.lifecycle import Stage
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from tests import builders
from tests.families.letters.writing import GIVEN, a_letter, reader, sent

URDU = "محترم {name}\n\n# یہ کیا ہے\nٹیلی فون: {telephone}\n\n- ایک"
SYLHETI = "আমরা আপনাকে লিখছি, {name}।"


def url(name, review, *more):
    return reverse(f"families:{name}", args=[review.pk, *more])


def board_url(name, board, *more):
    return reverse(f"families:{name}", args=[board.slug, *more])


def load(cast, code, body, kind="information", form=False):
    return templates.save_text(
        board=cast.board,
        kind=kind,
        code=code,
        is_easy_read=form,
        version=0,
        subject="A",
        body=body,
        by=cast.unit,
    )


def text(response):
    return response.content.decode()


def test_a_letter_is_begun_checked_and_recorded_as_sent(cast, review, sign_in):
    mother, client = reader(cast, review, language="Sylheti"), sign_in(cast.liaison)
    assert "Begin with the information sheet" in text(client.get(url("letters", review)))
    whom = text(client.get(url("letter_new", review)))
    assert "Mother, mother" in whom and "Maryam" not in whom
    new = f"{url('letter_new', review)}?person={mother.pk}"
    page = text(client.get(new))
    assert "No translation is loaded for it" in page and "Maryam" not in page
    posted = {"kind": "information", "code": "en-gb", "style": "standard", "token": "t"}
    first = client.post(new, posted)
    letter = Letter.objects.get()
    assert first.url == url("letter_edit", review, letter.pk)
    assert "Maryam Invented" in text(client.get(first.url))
    page = text(client.get(letter.get_absolute_url()))
    assert "Something is not filled in: “{telephone}”" in page
    assert "Fill in what is missing first" in text(
        client.get(url("letter_send", review, letter.pk))
    )
    body = letter.body.replace("{telephone}", "0000").replace("{child}", "Sami")
    said = {"subject": "Sami", "body": body, "version": 1}
    assert client.post(first.url, said).url == letter.get_absolute_url()
    stale = client.post(first.url, said | {"subject": "Other"})
    assert stale.status_code == 409 and "Somebody else saved" in text(stale)
    send = url("letter_send", review, letter.pk)
    gone = {"on": clock.today().isoformat(), "how": "handed", "version": 2}
    for _click in range(2):
        assert client.post(send, gone).url == letter.get_absolute_url()
    assert client.get(send).status_code == 302 == client.get(first.url).status_code
    listed = text(client.get(url("letters", review)))
    assert "Handed over" in listed and "Maryam" not in listed


def test_words_show_in_answer_to_a_post_alone_and_the_history_says_so(cast, review, sign_in):
    letter = sent(cast, review)
    sending.record_reply(
        letter=letter, on=clock.today(), how="post", words="Yes, gladly", token="t", by=cast.lead
    )
    page = letter.get_absolute_url()
    for who in (cast.liaison, cast.chair, cast.unit):
        client = sign_in(who)
        before = text(client.get(page))
        assert "Maryam" not in before and "gladly" not in before and "One reply" in before
        after = text(client.post(page))
        assert "Maryam Invented" in after and "Yes, gladly" in after
    assert AuditEvent.objects.filter(kind="family_letter_read").count() == 3
    auditor = sign_in(cast.auditor)
    assert "Maryam" not in text(auditor.get(page)) and "Read the letter" not in text(
        auditor.get(page)
    )
    assert auditor.post(page).status_code == 403
    assert sign_in(cast.panel).get(page).status_code == 403


def test_somebody_elses_draft_is_not_opened_but_taken_over(cast, review, sign_in):
    letter, client = a_letter(cast, review), sign_in(cast.lead)
    assert "Maryam" not in text(client.get(letter.get_absolute_url()))
    for name in ("letter_edit", "letter_send"):
        assert client.get(url(name, review, letter.pk)).status_code == 404
    assert client.post(letter.get_absolute_url()).status_code == 404
    assert "Read the letter" not in text(client.get(letter.get_absolute_url()))
    assert client.post(url("letter_file", review, letter.pk, "pdf")).status_code == 404
    client.post(url("letter_take_over", review, letter.pk))
    assert "Maryam" in text(client.get(letter.get_absolute_url()))
    client.post(url("letter_drop", review, letter.pk))
    assert "Dropped" in text(client.get(url("letters", review)))


def test_a_language_that_is_loaded_is_chosen_first(cast, review, sign_in):
    load(cast, "syl", SYLHETI)
    mother, client = (
        reader(cast, review, language="Bengali, Sylheti dialect"),
        sign_in(cast.liaison),
    )
    new = f"{url('letter_new', review)}?person={mother.pk}"
    page = text(client.get(new))
    assert '<option value="syl" selected>' in page and "No translation" not in page
    posted = {"kind": "thanks", "code": "syl", "style": "standard", "token": "t"}
    assert "not loaded in Sylheti" in text(client.post(new, posted, follow=True))
    posted |= {"kind": "information", "style": "easy", "token": "u"}
    assert "Easy read is not loaded" in text(client.post(new, posted, follow=True))


def test_what_keeps_somebody_safe_is_said_before_a_word_is_written(cast, review, sign_in):
    mother = reader(cast, review)
    Safety.objects.create(review=review, person=mother, no_letters=True)
    client = sign_in(cast.liaison)
    page = text(client.get(f"{url('letter_new', review)}?person={mother.pk}"))
    assert "Letters must never be written to this person" in page
    letter = a_letter(cast, review)
    send = url("letter_send", review, letter.pk)
    gone = {"on": clock.today().isoformat(), "how": "post", "version": 1}
    assert "Say why it goes nevertheless" in text(client.post(send, gone))
    client.post(send, gone | {"despite": "She asked for it."})
    assert "She asked for it." in text(sign_in(cast.auditor).get(letter.get_absolute_url()))


def test_files_are_named_by_reference_and_day_and_hold_the_letter(cast, review, sign_in):
    letter, client = sent(cast, review), sign_in(cast.chair)
    pdf = client.post(url("letter_file", review, letter.pk, "pdf"))
    named = f"{review.reference}-letter-{letter.pk}-{clock.today():%Y-%m-%d}"
    assert f"{named}.pdf" in pdf["Content-Disposition"]
    read = pypdf.PdfReader(io.BytesIO(pdf.content))
    words = " ".join(page.extract_text() for page in read.pages)
    assert "Maryam Invented" in words and "OFFICIAL" not in words
    assert "Maryam" not in str(read.metadata)
    word = Document(io.BytesIO(client.post(url("letter_file", review, letter.pk, "docx")).content))
    assert any("Maryam Invented" in each.text for each in word.paragraphs)
    assert "Maryam" not in word.core_properties.title + word.core_properties.author
    assert AuditEvent.objects.filter(kind="downloaded").count() == 2
    assert client.get(url("letter_file", review, letter.pk, "pdf")).status_code == 405
    assert client.post(url("letter_file", review, letter.pk, "odt")).status_code == 404
    assert (
        sign_in(cast.auditor).post(url("letter_file", review, letter.pk, "pdf")).status_code == 403
    )


@pytest.mark.parametrize(("style", "points"), [("standard", 24), ("large", 36), ("easy", 32)])
def test_the_form_of_a_letter_is_its_size(cast, review, sign_in, style, points):
    letter = sent(cast, review, style=style)
    content = sign_in(cast.liaison).post(url("letter_file", review, letter.pk, "docx")).content
    normal = Document(io.BytesIO(content)).styles["Normal"]
    assert normal.font.size.pt * 2 == points
    assert f'w:szCs w:val="{points}"' in normal.element.xml


def test_a_letter_from_the_right_keeps_its_direction_and_its_number(cast, review, sign_in):
    load(cast, "ur", URDU)
    letter, client = sent(cast, review, code="ur"), sign_in(cast.liaison)
    assert 'lang="ur" dir="rtl"' in text(client.post(letter.get_absolute_url()))
    content = client.post(url("letter_file", review, letter.pk, "docx")).content
    word = Document(io.BytesIO(content))
    number = next(run for each in word.paragraphs for run in each.runs if "0000" in run.text)
    assert number.text == GIVEN["telephone"] and "w:rtl" not in number._r.xml
    assert all("w:bidi" in each._p.xml for each in word.paragraphs)
    pdf = pypdf.PdfReader(
        io.BytesIO(client.post(url("letter_file", review, letter.pk, "pdf")).content)
    )
    assert pdf.root_object["/Lang"] == "ur"
    assert "0000 000 000" in pdf.pages[0].extract_text()


def test_bengali_letters_come_out(cast, review, sign_in):
    load(cast, "syl", SYLHETI)
    letter, client = a_letter(cast, review, code="syl"), sign_in(cast.liaison)
    page = text(client.get(letter.get_absolute_url()))
    assert "checked in English alone" in page and "PDF may show boxes" not in page
    pdf = client.post(url("letter_file", review, letter.pk, "pdf")).content
    read = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert "Maryam Invented" in read.extract_text()
    names = [each.get_object()["/BaseFont"] for each in read["/Resources"]["/Font"].values()]
    assert any("Bengali" in name for name in names)


def test_a_writing_without_letters_of_ours_is_said_before_printing(cast, review, sign_in):
    load(cast, "am", "ጤና ይስጥልኝ {name}")
    letter = a_letter(cast, review, code="am")
    assert "Ethiopic" in text(sign_in(cast.liaison).get(letter.get_absolute_url()))


def test_another_one_is_begun_from_what_was_sent(cast, review, sign_in):
    letter, client = sent(cast, review), sign_in(cast.lead)
    again = url("letter_again", review, letter.pk)
    first = client.post(again, {"token": "one-click"})
    assert client.post(again, {"token": "one-click"}).url == first.url
    assert Letter.objects.count() == 2


def test_a_reply_is_recorded_on_its_page(cast, review, sign_in):
    letter, client = sent(cast, review), sign_in(cast.liaison)
    page = url("letter_reply", review, letter.pk)
    said = {"on": clock.today().isoformat(), "how": "telephone", "words": "Yes", "token": "t"}
    assert client.get(page).status_code == 200
    for _click in range(2):
        assert client.post(page, said).url == letter.get_absolute_url()
    assert letter.replies.count() == 1
    assert "1 reply" in text(client.get(url("letters", review)))


def test_the_board_keeps_its_texts_and_translations(cast, sign_in):
    client, board = sign_in(cast.unit), cast.board
    page = text(client.get(board_url("letter_texts", board)))
    assert page.count("The portal’s own") == 14 and "Urdu" not in page
    load_page = board_url("letter_text_load", board)
    assert "اردو" in text(client.get(load_page))
    to = client.post(load_page, {"code": "ur", "kind": "report", "form": "standard"}).url
    assert to == board_url("letter_text", board, "report", "ur", "standard")
    form = text(client.get(to))
    assert 'dir="rtl"' in form and "The English text" in form and "{telephone}" in form
    wrong = client.post(to, {"subject": "ع", "body": "{naam}", "version": 0})
    assert "{naam} is not a placeholder" in text(wrong)
    assert client.post(to, {"subject": "ع", "body": URDU, "version": 0}).status_code == 302
    shown = text(client.get(board_url("letter_text_preview", board, "report", "ur", "standard")))
    assert 'dir="rtl"' in shown and "Amina Example" in shown
    stale = client.post(to, {"subject": "ب", "body": URDU, "version": 0})
    assert stale.status_code == 409
    page = text(client.get(board_url("letter_texts", board)))
    assert "Loaded" in page and page.count("Not loaded: English is used") == 13
    fallback = board_url("letter_text_preview", board, "thanks", "ur", "standard")
    assert "No text of this form is loaded in Urdu" in text(client.get(fallback))
    client.post(board_url("letter_text_take_out", board, "report", "ur", "standard"))
    assert "Not loaded" not in text(client.get(board_url("letter_texts", board)))


def test_a_preview_says_what_the_check_finds_and_comes_as_a_file(cast, sign_in):
    client, board = sign_in(cast.chair), cast.board
    load(cast, "en-gb", "The perpetrator failed to act, {name}.")
    shown = text(client.get(board_url("letter_text_preview", board, *_SHEET)))
    assert "sound like blame" in shown and "It does not seem to say" in shown
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        made = client.get(f"{board_url('letter_text_file', board, *_SHEET, ending)}?large=1")
        assert made.content.startswith(start)
    assert client.get(board_url("letter_text_file", board, *_SHEET, "odt")).status_code == 404
    assert client.get(board_url("letter_text", board, "poem", "en-gb", "easy")).status_code == 404


_SHEET = ("information", "en-gb", "standard")


def asked(client, address):
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    # The session is written now and then, whatever the page.
    asks = ("SELECT", "EXECUTE")
    return sum(each["sql"].startswith(asks) for each in counted.captured_queries)


def test_lists_cost_the_same_however_long(cast, review, sign_in):
    client, counts = sign_in(cast.liaison), []
    for rows in (1, 10, 40):
        while Letter.objects.count() < rows:
            a_letter(cast, review)
        counts.append(asked(client, url("letters", review)))
        counts.append(asked(client, "/"))
    assert counts[0] == counts[2] == counts[4], counts
    assert max(counts[1::2]) - min(counts[1::2]) <= 1, counts


def test_the_worklist_knows_old_drafts_and_letters_without_a_reply(cast, review, time_machine):
    now = clock.now()
    sent(cast, review, kind="invitation")
    sent(cast, review, kind="information", person=reader(cast, review, "Father"))
    a_letter(cast, review, kind="meeting")
    assert contributions.worklist(cast.liaison) == []
    time_machine.move_to(now + timedelta(days=8), tick=False)
    [draft] = contributions.worklist(cast.liaison)
    assert "Send or drop the letter to Mother" in draft.text
    time_machine.move_to(now + timedelta(days=21), tick=False)
    late = [each.text for each in contributions.worklist(cast.liaison)]
    assert late[1:] == ["Nothing came back from Mother to the letter: Invitation"]
    assert contributions.worklist(cast.lead) == contributions.worklist(cast.panel) == []
    refusals.refuse(
        person=reader(cast, review), said_on=now.date(), not_asked_from=now.date(), by=cast.liaison
    )
    assert len(contributions.worklist(cast.liaison)) == 1


def test_a_box_asks_why_it_went_on_a_day_on_which_it_might_not(cast, review, sign_in, time_machine):
    letter, then = a_letter(cast, review), clock.today()
    time_machine.move_to(clock.now() + timedelta(days=1), tick=False)
    father = {"person": letter.person, "by": cast.liaison}
    proceedings.add_standing(kind="criminal", part="suspect", **father)
    said = {"officer": "DI Invented", "agreed": "yes", "terms": "By letter", "token": "x"}
    proceedings.consult(consulted_on=clock.today(), **said, **father)
    client, send = sign_in(cast.liaison), url("letter_send", review, letter.pk)
    typed = {"on": then.isoformat(), "how": "post", "version": letter.version}
    assert "despite" not in client.get(send).context["form"].fields
    assert "despite" in client.post(send, typed).context["form"].fields
    assert client.post(send, typed | {"despite": "It had gone already."}).status_code == 302


def test_a_closed_review_waits_for_no_reply(cast, time_machine):
    closed = builders.review_at(Stage.CLOSED, cast)
    cast.on(closed)
    sent(cast, closed, kind="invitation")
    time_machine.move_to(clock.now() + timedelta(days=21), tick=False)
    assert contributions.worklist(cast.liaison) == []


def test_what_other_rooms_are_told_goes_by_the_reader(cast, review, sign_in):
    letter = sent(cast, review, code="en-gb", style="large")
    [panel] = contributions.about_person(letter.person, cast.auditor)
    assert "no reply yet" in panel.lines[0] and "Maryam" not in panel.lines[0]
    assert contributions.about_person(letter.person, cast.panel) == []
    facts = [each.text for each in evidence(review, cast.auditor, 4) if each.question == "4.2"]
    assert any("reads at an age of about" in each for each in facts)
    assert any(each.endswith("to Mother in English, large print") for each in facts)
    assert contributions.evidence(review, cast.panel, 4) == []
    assert contributions.rooms(review, cast.panel) == []
    assert contributions.board_rooms(cast.board, cast.lead) == []
    assert contributions.board_rooms(cast.board, cast.unit)


def test_without_a_letter_the_evidence_says_so(cast, review):
    facts = [each.text for each in contributions.evidence(review, cast.chair, 4)]
    assert any("No letter or information sheet" in each for each in facts)


def test_the_newest_letter_stands_first(cast, review):
    first, second, third = (a_letter(cast, review) for _ in range(3))
    operations.drop(letter=second, by=cast.liaison)
    assert list(queries.letters_of(review)) == [third, second, first]
