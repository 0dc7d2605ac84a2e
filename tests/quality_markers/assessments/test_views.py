import pytest
from django.urls import reverse
from django.utils.html import escape

from quality_markers.assessments import operations, rules
from quality_markers.assessments.models import Answer, AnswerText, Pass
from scr_portal.audit.models import AuditEvent
from tests.cast import PASSWORD

JSON = {"HTTP_ACCEPT": "application/json"}


def url(name, assessment, *more):
    place = [assessment.review_id, assessment.number, *more]
    return reverse(f"quality_markers:{name}", args=place)


def post(client, assessment, reference="12.4", script=False, **data):
    marker, question = reference.split(".")
    address = url("answer", assessment, marker, question)
    return client.post(address, data, **(JSON if script else {}))


def blank():
    return rules.token(Answer, rules.BLANK[Answer])


def test_a_pass_is_opened_from_its_page(review, cast, sign_in):
    client = sign_in(cast.lead)
    page = client.get(reverse("quality_markers:passes", args=[review.pk]))
    assert b"No self-assessment yet" in page.content
    new = reverse("quality_markers:pass_new", args=[review.pk])
    assert client.get(new).content.count(b'name="markers"') == 18
    response = client.post(new, {"purpose": "clarity", "markers": ["4", "12"]})
    assert response.url == Pass.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"purpose": "clarity"}, "Choose at least one marker."),
        ({"markers": ["1"]}, "What is this self-assessment for?"),
        ({"purpose": "scoring", "markers": ["1"]}, "Choose one of the answers"),
        ({"purpose": "clarity", "markers": ["99"]}, "Choose one of the answers"),
    ],
)
def test_a_bad_choice_is_said_at_the_field(review, cast, sign_in, data, sentence):
    new = reverse("quality_markers:pass_new", args=[review.pk])
    page = sign_in(cast.lead).post(new, data).content.decode()
    assert "There is a problem" in page
    assert sentence in page
    assert not Pass.objects.exists()


def test_the_same_pass_twice_says_where_the_first_is(assessment, cast, sign_in):
    new = reverse("quality_markers:pass_new", args=[assessment.review_id])
    data = {"purpose": "clarity", "markers": [str(number) for number in range(1, 19)]}
    page = sign_in(cast.lead).post(new, data)
    assert assessment.get_absolute_url() in page.content.decode()


def test_the_page_of_a_pass_says_how_far_each_marker_is(assessment, write, cast, sign_in):
    for number in range(1, 5):
        write(f"12.{number}", by=cast.lead, judgement="partly")
    page = sign_in(cast.lead).get(assessment.get_absolute_url()).content.decode()
    assert "4 of 9 considered" in page
    assert "Go on with 1." in page
    assert "103 questions have not been considered yet" in page
    assert "%" not in page.split("<main")[1].split("</main")[0]


def test_opening_is_written_down_once_an_hour(assessment, cast, sign_in):
    client = sign_in(cast.chair)
    client.get(assessment.get_absolute_url())
    client.get(url("questions", assessment))
    assert AuditEvent.objects.filter(kind="pass_read").count() == 1


def test_liaison_sees_and_counts_the_family_s_markers_alone(assessment, write, cast, sign_in):
    write("1.1", by=cast.lead, narrative="Not for liaison")
    write("12.1", by=cast.lead, judgement="partly", narrative="For liaison")
    client = sign_in(cast.liaison)
    overview = client.get(assessment.get_absolute_url()).content.decode()
    assert "1 of 9 considered" in overview
    assert "All 13 questions" in overview
    assert "/marker/1/" not in overview and "/marker/12/" in overview
    questions = client.get(url("questions", assessment) + "?open=all").content.decode()
    assert "For liaison" in questions and "Not for liaison" not in questions
    assert questions.count('<section class="portal-answer" id="q-') == 13
    assert questions.count("data-judgement=") == 13
    assert client.get(url("marker", assessment, 12)).status_code == 200


def test_another_marker_is_the_404_of_what_does_not_exist(assessment, write, cast, sign_in):
    write("1.1", by=cast.lead, narrative="Not for liaison")
    client = sign_in(cast.liaison)
    missing = client.get(url("marker", assessment, 99))
    for path in [
        url("marker", assessment, 1),
        url("answer_history", assessment, 1, 1),
        url("reflection_history", assessment, 1),
    ]:
        hidden = client.get(path)
        assert hidden.status_code == missing.status_code == 404
    assert post(client, assessment, "1.1", narrative="Mine").status_code == 404
    assert post(client, assessment, "99.1", narrative="Mine").status_code == 404
    assert post(client, assessment, "12.99", narrative="Mine").status_code == 404


def test_a_pass_without_a_family_marker_is_not_there_for_liaison(review, cast, sign_in):
    hidden = operations.open_pass(review=review, purpose="clarity", by=cast.lead, markers=[1])
    client = sign_in(cast.liaison)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    page = client.get(reverse("quality_markers:passes", args=[review.pk]))
    assert b"Clarity at the start</a>" not in page.content


def test_the_panel_reads_and_writes_nothing(assessment, write, cast, sign_in):
    write("12.4", by=cast.lead, narrative="By the lead")
    client = sign_in(cast.panel)
    page = client.get(url("marker", assessment, 12)).content.decode()
    assert "By the lead" in page and "<textarea" not in page
    assert post(client, assessment, narrative="Mine").status_code == 403
    for name in ["submit", "accept", "return"]:
        assert client.get(url(name, assessment)).status_code == 403
    assert client.post(url("take_back", assessment)).status_code == 403


@pytest.mark.parametrize("who", ["member", "agency", "stranger", "outsider", "administrator"])
def test_for_others_there_is_no_pass(assessment, cast, sign_in, who):
    client = sign_in(cast.people[who])
    for name in ["pass", "questions", "submit", "accept", "return"]:
        assert client.get(url(name, assessment)).status_code == 404


def test_a_plain_form_saves_and_comes_back_to_its_question(assessment, cast, sign_in):
    client = sign_in(cast.lead)
    response = post(client, assessment, version=blank(), judgement="partly", page="questions")
    assert response.url == url("questions", assessment) + "?open=12#q-12-4"
    response = post(client, assessment, version="1", narrative="Words", page="marker")
    assert response.url == url("marker", assessment, 12) + "#q-12-4"
    assert Answer.objects.get().narrative == "Words"


def test_a_script_saves_and_is_told_when(assessment, cast, sign_in):
    saved = post(sign_in(cast.lead), assessment, script=True, version=blank(), narrative="Words")
    assert saved.status_code == 200
    body = saved.json()
    assert body["by"] == "Lead reviewer Invented"
    assert len(body["saved_at"]) == 5 and body["version"] != blank()
    assert body["words"]["q-12-4"].startswith("Last saved by Lead reviewer Invented, ")
    assert "marker-12" not in body["words"]
    data = {"version": body["version"], "judgement": "partly"}
    again = post(sign_in(cast.lead), assessment, script=True, **data).json()
    assert again["words"]["marker-12"] == "1 of 9 considered"


def test_each_word_that_saving_changes_has_its_place_on_the_page(assessment, cast, sign_in):
    page = sign_in(cast.lead).get(url("marker", assessment, 12)).content.decode()
    for place in ["q-12-4", "marker-12", "reflection-12"]:
        assert f'data-words="{place}"' in page


def test_the_form_stands_once_and_a_marker_asked_for_comes_with_its_own(assessment, cast, sign_in):
    client = sign_in(cast.lead)
    folded = client.get(url("questions", assessment)).content.decode()
    assert folded.count('name="narrative"') == 1 and folded.count("data-judgement=") == 107
    assert 'action="answer/{marker}/{number}/"' in folded
    assert 'href="questions?open=12#marker-12"' in folded
    unfolded = client.get(url("questions", assessment) + "?open=12").content.decode()
    assert unfolded.count('name="narrative"') == 1 + 9
    assert 'action="answer/12/4/"' in unfolded
    panel = sign_in(cast.panel).get(url("questions", assessment)).content.decode()
    for what in ("Fill in marker", "portal-form-", "data-version", 'name="narrative"'):
        assert what not in panel


def test_what_is_only_read_bears_what_a_form_needs(assessment, write, cast, sign_in):
    write("12.1", by=cast.lead, judgement="not_applicable")
    text = ' A "quote",\n\n  two <lines> & more'
    write("12.2", by=cast.lead, judgement="partly", narrative=text)
    write("12.2", by=cast.lead, not_applicable_reason="Thought of before")
    page = sign_in(cast.lead).get(url("questions", assessment)).content.decode()
    first, second = (page.split(f'id="q-12-{n}"')[1].split("</section")[0] for n in (1, 2))
    assert " data-lacks" in first and " data-lacks" not in second
    kept = Answer.objects.get(question__number=2, question__marker__number=12)
    assert f'data-text="narrative">{escape(kept.narrative)}</div>' in second
    assert '<div hidden data-text="not_applicable_reason">Thought of before</div>' in second


def test_a_script_is_told_of_the_other_text(assessment, write, cast, sign_in):
    write("12.4", by=cast.unit, narrative="By the unit")
    response = post(
        sign_in(cast.lead),
        assessment,
        script=True,
        version=blank(),
        narrative="By the lead",
        evidence="Minutes",
    )
    assert response.status_code == 409
    body = response.json()
    assert body["theirs"] == {"narrative": "By the unit"}
    assert (body["by"], body["fields"]) == ("Business unit Invented", ["narrative"])
    again = {"version": body["version"], "narrative": "By the lead", "evidence": "Minutes"}
    assert post(sign_in(cast.lead), assessment, script=True, **again).status_code == 200
    answer = Answer.objects.get()
    assert (answer.narrative, answer.evidence) == ("By the lead", "Minutes")
    assert AnswerText.objects.filter(narrative="By the unit").exists()


def test_without_script_both_texts_stand_side_by_side(assessment, write, cast, sign_in):
    write("12.4", by=cast.unit, narrative="By the <unit>", judgement="partly")
    data = {"version": blank(), "narrative": "By the lead", "judgement": "in_place"}
    response = post(sign_in(cast.lead), assessment, **data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "By the &lt;unit&gt;" in page and "By the lead" in page
    token = response.context["conflict"].version
    assert f'value="{token}"' in page
    post(sign_in(cast.lead), assessment, version=token, narrative="Of both", judgement="partly")
    assert Answer.objects.get().narrative == "Of both"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"judgement": "splendid"}, "Choose one of the answers given for judgement"),
        ({"narrative": "x" * 100_001}, "Narrative must be 100000 characters or fewer"),
        ({"narrative": "\0"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_saved_is_said_at_the_field_and_kept(
    assessment, cast, sign_in, changes, sentence
):
    client = sign_in(cast.lead)
    data = {"version": blank(), "evidence": "Typed beside it", **changes}
    page = post(client, assessment, **data).content.decode()
    assert sentence in page and "There is a problem" in page
    assert 'href="#q-12-4-' in page
    assert "Typed beside it" in page
    refused = post(client, assessment, script=True, **data)
    assert refused.status_code == 422
    assert sentence in str(refused.json()["errors"])
    assert not Answer.objects.exists()


def test_a_hundred_thousand_characters_are_saved(assessment, cast, sign_in):
    text = "é" * 49_999 + "\r\n" + "😀" * 50_000
    post(sign_in(cast.lead), assessment, version=blank(), narrative=text)
    assert Answer.objects.get().narrative == text.replace("\r\n", "\n")


def test_what_was_typed_into_a_pass_just_submitted_can_be_copied(assessment, cast, sign_in):
    operations.submit(assessment=assessment, by=cast.unit)
    client = sign_in(cast.lead)
    response = post(client, assessment, version=blank(), narrative="Half an afternoon")
    assert "Half an afternoon" in response.content.decode()
    assert "with the chair" in response.content.decode()
    refused = post(client, assessment, script=True, version=blank(), narrative="Half")
    assert refused.status_code == 422


def test_a_stale_form_does_not_write_over_what_it_has_not_seen(assessment, write, cast, sign_in):
    write("12.4", by=cast.unit, narrative="By the unit")
    for version in ["", "0", "nonsense", "a.b.c.d"]:
        response = post(sign_in(cast.lead), assessment, version=version, narrative="Mine")
        assert response.status_code == 409
    assert Answer.objects.get().narrative == "By the unit"


def test_hostile_text_is_text(assessment, write, cast, sign_in):
    hostile = '</textarea><script>alert(1)</script><img src=x onerror="alert(2)">'
    write("12.4", by=cast.lead, narrative=hostile, evidence="{{ settings.SECRET_KEY }}")
    write("12.4", by=cast.unit, narrative="Over it")
    operations.restore(answer=Answer.objects.get(), version=1, by=cast.lead)
    for who, name, more in [
        (cast.lead, "marker", [12]),
        (cast.panel, "marker", [12]),
        (cast.lead, "questions", []),
        (cast.lead, "answer_history", [12, 4]),
    ]:
        page = sign_in(who).get(url(name, assessment, *more)).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_history_compares_and_brings_back(assessment, write, cast, sign_in):
    write("12.4", by=cast.unit, narrative="By the unit")
    write("12.4", by=cast.lead, narrative="By the lead", judgement="partly")
    client = sign_in(cast.lead)
    page = client.get(url("answer_history", assessment, 12, 4) + "?compare=1").content.decode()
    assert "Then and now" in page and "By the unit" in page and "Partly in place" in page
    for odd in ["99", "x", "9" * 30]:
        assert client.get(f"{url('answer_history', assessment, 12, 4)}?compare={odd}")
    back = client.post(url("answer_restore", assessment, 12, 4, 1), follow=True)
    assert "The earlier text is back" in back.content.decode()
    assert Answer.objects.get().narrative == "By the unit"


def test_a_reflection_is_saved_and_has_a_history(assessment, cast, sign_in):
    client = sign_in(cast.lead)
    address = url("reflection", assessment, 12)
    saved = client.post(address, {"version": "", "text": "Taken together"}, **JSON)
    assert saved.status_code == 200
    clash = sign_in(cast.unit).post(address, {"version": "", "text": "Other"}, **JSON)
    assert clash.json()["theirs"] == {"text": "Taken together"}
    page = client.get(url("reflection_history", assessment, 12)).content.decode()
    assert "Taken together" in page


def test_from_submitting_to_the_signature(assessment, write, cast, sign_in):
    write("12.4", by=cast.lead, judgement="not_applicable")
    lead, chair = sign_in(cast.lead), sign_in(cast.chair)
    page = lead.get(url("submit", assessment)).content.decode()
    assert "Question 12.4 is marked" in page and "Submit to the chair</button>" not in page
    write("12.4", by=cast.lead, not_applicable_reason="No family is known")
    page = lead.get(url("submit", assessment)).content.decode()
    assert "106 of 107 questions have not been considered yet" in page
    lead.post(url("submit", assessment))
    chair.post(url("return", assessment), {"reasons": "See 12.4"})
    assert "See 12.4" in lead.get(assessment.get_absolute_url()).content.decode()
    lead.post(url("submit", assessment))
    submission = operations.submission_of(Pass.objects.get())
    data = {"agreed": "on", "password": "wrong", "submission": submission}
    wrong = chair.post(url("accept", assessment), data)
    assert "This is not your password" in wrong.content.decode()
    assert Pass.objects.get().state == Pass.State.SUBMITTED
    done = chair.post(url("accept", assessment), {**data, "password": PASSWORD}, follow=True)
    assert "You have accepted and signed" in done.content.decode()
    signature = Pass.objects.get().signature
    assert signature is not None
    proof = chair.get(reverse("reviews:signature", args=[assessment.review_id, signature.pk]))
    assert "agree." in proof.content.decode()


def test_pages_cost_the_same_for_one_answer_and_for_all(
    assessment, write, cast, sign_in, django_assert_max_num_queries
):
    client = sign_in(cast.lead)
    write("12.4", by=cast.lead, judgement="partly")
    address = url("questions", assessment) + "?open=all"
    client.get(address)
    with django_assert_max_num_queries(11) as few:
        client.get(address)
    for marker in assessment.markers.prefetch_related("questions"):
        for question in marker.questions.all():
            Answer.objects.get_or_create(
                assessment=assessment,
                question=question,
                defaults={"review": assessment.review, "by": cast.lead, "judgement": "partly"},
            )
    with django_assert_max_num_queries(11) as many:
        page = client.get(address)
    assert len(few) == len(many)
    assert page.content.count(b"data-judgement=") == 107


def test_every_question_names_its_boxes_apart(assessment, cast, sign_in):
    page = sign_in(cast.lead).get(url("questions", assessment)).content.decode()
    ids = [piece.split('"')[0] for piece in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
