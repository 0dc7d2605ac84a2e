import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quality_markers.comments import operations, queries
from quality_markers.comments.models import QuestionComment
from scr_portal.drafts.models import Draft


@pytest.fixture
def page(assessment):
    def address(reference: str = "12.4") -> str:
        place = [assessment.review_id, assessment.number, *reference.split(".")]
        return reverse("quality_markers:question_comments", args=place)

    return address


@pytest.fixture
def whole(assessment):
    return reverse("quality_markers:comments", args=[assessment.review_id, assessment.number])


def test_a_comment_is_said_and_read(sign_in, cast, page):
    client = sign_in(cast.lead)
    html = client.get(page()).content.decode()
    assert "Nobody has commented on this question yet" in html
    token = html.split('name="token" value="')[1].split('"')[0]
    said = {"text": "Ask <her> sister.", "to": [cast.chair.pk], "token": token}
    for _click in range(2):
        response = client.post(page(), said)
        assert response.status_code == 302
    html = client.get(response.url).content.decode()
    assert html.count("Ask &lt;her&gt; sister.") == 1
    assert "Speaks to Board chair Invented" in html
    assert QuestionComment.objects.get().by == cast.lead


def test_the_picker_offers_who_sees_the_question_and_nobody_else(sign_in, cast, page):
    def offered(reference):
        form = sign_in(cast.lead).get(page(reference)).context["form"]
        return {label.removesuffix(" Invented") for _pk, label in form.fields["to"].choices}

    everybody = {"Business unit", "Board chair", "Auditor", "Panel member"}
    assert offered("1.1") == everybody
    assert offered("12.4") == everybody | {"Family liaison"}


def test_who_is_not_offered_cannot_be_chosen_and_is_not_revealed(sign_in, cast, page):
    client = sign_in(cast.lead)
    given = {"text": "Why?", "token": "one"}
    unseen = client.post(page(), given | {"to": [cast.observer.pk]})
    unknown = client.post(page(), given | {"to": [999_999]})
    errors = [response.context["form"].errors for response in (unseen, unknown)]
    assert errors[0] == errors[1]
    assert "Why?" in unseen.content.decode()  # what was typed stays
    assert not QuestionComment.objects.exists()


def test_typing_the_name_of_somebody_else_says_nothing_of_them(sign_in, cast, page, say):
    say(text="@Observer Invented and @Nobody Invented")
    html = sign_in(cast.lead).get(page()).content.decode()
    assert "@Observer Invented and @Nobody Invented" in html
    assert "Speaks to" not in html


def test_an_answer_goes_under_its_thread(sign_in, cast, page, say):
    first = say()
    client = sign_in(cast.chair)
    html = client.get(f"{page()}?thread={first.pk}").content.decode()
    assert "Answer Lead reviewer Invented" in html
    client.post(f"{page()}?thread={first.pk}", {"text": "Yes.", "token": "one"})
    assert first.replies.get().text == "Yes."
    for wrong in ("", "x", "0", "999999"):
        assert client.get(f"{page()}?thread={wrong}").status_code == 404


def test_a_thread_that_was_resolved_is_read_and_has_no_form(sign_in, cast, page, say):
    thread = say()
    operations.resolve(thread=thread, by=cast.lead)
    client = sign_in(cast.chair)
    response = client.get(f"{page()}?thread={thread.pk}")
    assert response.context["form"] is None
    late = client.post(f"{page()}?thread={thread.pk}", {"text": "But why?", "token": "one"})
    html = late.content.decode()
    assert "Open it again to answer" in html and "But why?" in html


def test_a_message_leads_to_its_thread_however_many_there_are(sign_in, cast, say):
    for _number in range(25):
        say()
    last = say(to=[cast.chair])
    response = sign_in(cast.chair).get(queries.url_of(last))
    assert [thread.pk for thread in response.context["page"]] == [last.pk]


def test_what_was_typed_and_not_sent_comes_back_and_goes_when_it_is_said(sign_in, cast, page):
    client = sign_in(cast.lead)
    key = client.get(page()).context["draft_key"]
    client.post(reverse("drafts:save", args=[key]), {"text": "Half a th", "version": ""})
    assert "Half a th" in client.get(page()).content.decode()
    client.post(page(), {"text": "Half a thought", "token": "one"})
    assert not Draft.objects.exists()


def test_who_reads_along_reads_and_is_offered_nothing(sign_in, cast, page, say, assessment):
    thread = say()
    client = sign_in(cast.auditor)
    response = client.get(page())
    html = response.content.decode()
    assert "Have we asked her?" in html
    assert response.context["form"] is None
    assert ">Resolve" not in html and ">Answer" not in html
    assert client.post(page(), {"text": "I say", "token": "one"}).status_code == 403
    place = [assessment.review_id, assessment.number, thread.pk]
    url = reverse("quality_markers:comment_resolve", args=place)
    assert client.post(url).status_code == 403


def test_liaison_sees_comments_on_the_markers_of_the_family_alone(
    sign_in, cast, page, whole, say, assessment
):
    hidden, seen = say("1.1", text="Of the whole"), say("12.4", text="Of the family")
    client = sign_in(cast.liaison)
    html = client.get(whole + "?show=all").content.decode()
    assert seen.text in html and hidden.text not in html
    assert client.get(page("1.1")).status_code == 404
    for name in ("comment_resolve", "comment_reopen"):
        for pk in (hidden.pk, 999_999):
            place = [assessment.review_id, assessment.number, pk]
            assert client.post(reverse(f"quality_markers:{name}", args=place)).status_code == 404
    assert client.get(whole).context["chips"][3]["count"] == 1


def test_the_list_is_of_what_is_open_resolved_or_mine(sign_in, cast, whole, say):
    opened, resolved = say(text="Still open"), say(text="Long done", by=cast.panel)
    operations.resolve(thread=resolved, by=cast.lead)
    spoken = say(text="Nobody answered", by=cast.unit)
    say(parent=spoken, text="@Board chair Invented", by=cast.panel)
    client = sign_in(cast.chair)

    def shown(show):
        return {thread.pk for thread in client.get(f"{whole}?show={show}").context["page"]}

    assert shown("open") == shown("no-such") == {opened.pk, spoken.pk}
    assert shown("resolved") == {resolved.pk}
    assert shown("mine") == {spoken.pk}
    assert shown("all") == {opened.pk, resolved.pk, spoken.pk}


def test_an_empty_list_says_what_to_do_first(sign_in, cast, whole):
    html = sign_in(cast.lead).get(whole).content.decode()
    assert "Nobody has commented yet" in html


def test_resolving_and_opening_again_is_a_button_each(sign_in, cast, page, say, assessment):
    thread = say()
    client = sign_in(cast.panel)
    place = [assessment.review_id, assessment.number, thread.pk]
    for name, word in (("comment_resolve", "Open again"), ("comment_reopen", "Resolve")):
        url = reverse(f"quality_markers:{name}", args=place)
        assert client.get(url).status_code == 405
        for _click in range(2):
            html = client.post(url, follow=True).content.decode()
        assert f">{word} <" in html


def test_the_pages_cost_the_same_however_much_is_said(sign_in, cast, page, whole, say):
    client = sign_in(cast.lead)

    def cost(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as statements:
            client.get(url)
        return len(statements)

    def talk(threads: int) -> None:
        for _number in range(threads):
            first = say(to=[cast.chair, cast.unit])
            say(parent=first, by=cast.chair, to=[cast.lead])

    talk(1)
    few = [cost(page()), cost(whole)]
    talk(9)
    assert [cost(page()), cost(whole)] == few
    talk(30)
    assert [cost(page()), cost(whole)] == few
