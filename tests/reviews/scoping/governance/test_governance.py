from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from reviews.case.evidence import evidence
from reviews.case.lifecycle import Stage
from reviews.case.operations.lifecycle import advance
from reviews.case.operations.people import grant
from reviews.case.operations.record import Stale
from reviews.permissions import Permission, Role
from reviews.scoping.governance import contributions, queries
from reviews.scoping.governance.models import AssuranceStep, Governance, Impasse, Responsibility
from reviews.scoping.governance.operations import people, steps, texts
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.reviews.scoping.building import a_step, an_impasse, governed, named

WORDS = {"challenge": "In writing.", "balance": "", "impasse": ""}


@pytest.fixture
def review(cast):
    return builders.review_at(Stage.COMMISSIONING, cast)


def url(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.pk, *more])


def page(client, review):
    return client.get(url("governance", review)).content.decode()


def route(review):
    return list(review.assurancesteps.values_list("what", flat=True))


def test_an_empty_page_says_what_is_missing(cast, review, sign_in):
    shown = page(sign_in(cast.unit), review)
    assert "Nobody is named who signs the report off" in shown
    assert "The route of the report has no step yet" in shown
    assert "Begin with who reads the first draft" in shown


def test_our_words_are_offered_once_and_saved_when_sent(cast, review, sign_in):
    client = sign_in(cast.unit)
    address = url("governance_edit", review)
    assert "Begin with our words" in client.get(address).content.decode()
    assert "chair hears both" in client.get(f"{address}?start=ours").content.decode()
    assert not Governance.objects.exists()
    assert client.post(address, WORDS | {"version": 0}).status_code == 302
    assert "Begin with our words" not in client.get(address).content.decode()
    assert "In writing." in page(sign_in(cast.auditor), review)


def test_two_writers_lose_neither_text(cast, review, sign_in):
    texts.write_texts(review=review, version=0, by=cast.unit, **WORDS)
    answer = sign_in(cast.unit).post(
        url("governance_edit", review), WORDS | {"challenge": "By telephone.", "version": 0}
    )
    assert answer.status_code == 409
    assert "In writing." in answer.content.decode()
    assert "By telephone." in answer.content.decode()
    with pytest.raises(Stale):
        texts.write_texts(review=review, version=7, by=cast.unit, **WORDS)
    with pytest.raises(Refused, match="at least one"):
        other = builders.a_review(cast, pseudonym="Child S")
        texts.write_texts(
            review=other, version=0, by=cast.unit, challenge="", balance="", impasse=""
        )


def test_people_are_named_once_by_account_or_by_name_and_taken_off(cast, review, sign_in):
    client = sign_in(cast.unit)
    typed = {"duty": "conducts", "user": cast.unit.pk}
    assert client.post(url("responsibility_new", review), typed).status_code == 302
    twice = client.post(url("responsibility_new", review), typed).content.decode()
    assert "is named for that already" in twice
    nobody = client.post(url("responsibility_new", review), {"duty": "signs"}).content.decode()
    assert "Choose a person or write a name" in nobody
    foreign = {"duty": "signs", "user": cast.stranger.pk}
    assert client.post(url("responsibility_new", review), foreign).status_code == 200
    client.post(url("responsibility_new", review), {"duty": "assures", "name": "Quality group"})
    row = Responsibility.objects.get(duty="assures")
    for _click in range(2):
        assert client.post(url("responsibility_remove", review, row.pk)).status_code == 302
    assert AuditEvent.objects.filter(kind="responsibility_removed").count() == 1


def test_one_person_on_both_sides_is_explained_and_held_up_by_nothing(cast, review, sign_in):
    named(cast, review, "conducts", name=f"Dr {cast.chair.name}")
    shown = page(sign_in(cast.unit), review)
    assert f"{cast.chair.name} conducts the review and signs it off." in shown
    assert "explains and holds nothing up" in shown


def test_steps_move_one_place_for_one_click(cast, review, sign_in):
    for what in ("Draft", "Panel", "Sign"):
        a_step(cast, review, what)
    with pytest.raises(Refused, match="has this step already"):
        a_step(cast, review, "draft", who="the panel")
    last, client = review.assurancesteps.last(), sign_in(cast.unit)
    for _click in range(2):
        client.post(url("step_move", review, last.pk), {"place": last.position, "to": "up"})
    assert route(review) == ["Draft", "Sign", "Panel"]
    first = review.assurancesteps.first()
    client.post(url("step_move", review, first.pk), {"place": 1, "to": "up"})
    client.post(url("step_move", review, first.pk), {"place": "x", "to": "down"})
    assert route(review) == ["Draft", "Sign", "Panel"]
    client.post(url("step_move", review, first.pk), {"place": 1, "to": "down"})
    assert route(review) == ["Sign", "Draft", "Panel"]


def test_a_step_is_changed_with_a_lock_done_and_then_stays(cast, review, sign_in):
    step, client = a_step(cast, review), sign_in(cast.unit)
    typed = {"what": "Panel reads", "who": "Panel", "planned_on": "2026-12-01", "version": "1"}
    assert client.post(url("step_edit", review, step.pk), typed).status_code == 302
    assert client.post(url("step_edit", review, step.pk), typed | {"who": "X"}).status_code == 409
    step.refresh_from_db()
    first = step.planned_at
    assert first
    fields = {"what": step.what, "who": "Panel", "done_on": clock.today()}
    steps.change_step(step=step, version=2, by=cast.unit, planned_on=clock.today(), **fields)
    step.refresh_from_db()
    assert step.planned_at == first
    client.post(url("step_remove", review, step.pk))
    assert AssuranceStep.objects.exists()
    other = a_step(cast, review, "Sign")
    for _click in range(2):
        client.post(url("step_remove", review, other.pk))
    assert route(review) == ["Panel reads"]


def test_an_impasse_is_recorded_once_settled_and_never_deleted(cast, review, sign_in):
    made = an_impasse(cast, review)
    assert an_impasse(cast, review) == made
    with pytest.raises(InternalError), transaction.atomic():
        made.delete()
    with pytest.raises(Refused, match="can't lie in the future"):
        an_impasse(cast, review, arose_on=clock.today() + timedelta(days=1))
    with pytest.raises(Refused, match="Say what came of it"):
        an_impasse(cast, review, settled_on=clock.today())
    client = sign_in(cast.unit)
    typed = {
        "about": made.about,
        "arose_on": made.arose_on.isoformat(),
        "reviewer_position": made.reviewer_position,
        "board_position": made.board_position,
        "outcome": "Both stand in the report.",
        "settled_on": clock.today().isoformat(),
        "version": "1",
    }
    assert client.post(url("impasse_edit", review, made.pk), typed).status_code == 302
    assert (
        client.post(url("impasse_edit", review, made.pk), typed | {"about": "X"}).status_code == 409
    )
    assert [row.outcome for row in queries.impasses(review)] == ["Both stand in the report."]
    assert made.about not in str(AuditEvent.objects.values_list("target_label", "changes"))


def test_a_double_click_on_a_new_impasse_makes_one(cast, review, sign_in):
    client = sign_in(cast.unit)
    typed = {
        "about": "A",
        "arose_on": "2026-01-01",
        "reviewer_position": "R",
        "board_position": "B",
    }
    for _click in range(2):
        assert client.post(url("impasse_new", review), typed).status_code == 302
    assert Impasse.objects.count() == 1


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "liaison", "outsider"])
def test_only_who_writes_the_scope_writes_here(cast, review, who):
    cast.on(review)
    by = cast.people[who]
    for act in (
        lambda: texts.write_texts(review=review, version=0, by=by, **WORDS),
        lambda: people.remove_responsibility(review=review, pk=1, by=by),
        lambda: steps.remove_step(review=review, pk=1, by=by),
        lambda: steps.move_step(review=review, pk=1, place=1, up=True, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_work_list_asks_for_names_and_says_which_step_is_due(cast, review):
    cast.on(review, Role.LEAD)
    for person in (cast.unit, cast.lead):
        assert "Say who conducts" in str(contributions.worklist(person)[0].text)
    assert not contributions.worklist(cast.chair)
    governed(cast, review)
    [need] = contributions.worklist(cast.lead)
    assert need.due == clock.today() and "Panel reads" in str(need.text)


def test_evidence_for_every_question(cast, review):
    bare = evidence(review, cast.unit, 7)
    assert {"7.1", "7.2", "7.3", "7.4", "7.5"} <= {each.question for each in bare}
    governed(cast, review)
    an_impasse(cast, review)
    cast.on(review, Role.LEAD, Role.OBSERVER)
    builders.tell_purpose(review, cast)
    builders.excuse_family(review, cast)
    advance(review=review, to=Stage.UNDER_WAY, by=cast.unit)
    a_step(cast, review, "Late step", planned_on=clock.today())
    said = " / ".join(str(each.text) for each in contributions.evidence(review, cast.lead, 7))
    assert "Signs the report off: " + cast.chair.name in said
    assert "2 steps; 1 had their day before" in said
    assert "How an impasse is handled is written down" in said
    assert "An impasse is open: The second finding" in said
    assert not contributions.evidence(review, cast.observer, 7)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_whole_goes_on_paper_and_into_the_history(cast, review, sign_in, kind):
    governed(cast, review)
    an_impasse(cast, review)
    answer = sign_in(cast.auditor).get(url("governance_paper", review, kind))
    assert answer["Content-Disposition"].startswith("attachment")
    if kind == "pdf":
        said = "".join(each.extract_text() for each in PdfReader(BytesIO(answer.content)).pages)
    else:
        paper = Document(BytesIO(answer.content))
        cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
        said = "\n".join([*(p.text for p in paper.paragraphs), *cells])
    for words in ("Quality group", "Panel reads", "The chair hears both.", "too small"):
        assert words in said, words
    assert AuditEvent.objects.filter(kind="downloaded", review_id=review.pk).count() == 1


def test_paper_is_for_readers_of_the_scope(cast, review, sign_in):
    for permission in (Permission.VIEW, Permission.EXPORT):
        grant(
            review=review,
            user=cast.stranger,
            permission=permission,
            reason="Cover",
            by=cast.unit,
            ends=None,
        )
    assert sign_in(cast.stranger).get(url("governance_paper", review, "pdf")).status_code == 403
    assert sign_in(cast.unit).get(url("governance_paper", review, "exe")).status_code == 404


def test_the_page_costs_the_same_at_any_size(cast, review, sign_in):
    client, counts, made = sign_in(cast.unit), [], 0
    for size in (1, 10, 40):
        while made < size:
            made += 1
            named(cast, review, "conducts", name=f"Reviewer {made}")
            a_step(cast, review, f"Step {made}")
            an_impasse(cast, review, about=f"Finding {made}")
        page(client, review)
        with CaptureQueriesContext(connection) as caught:
            page(client, review)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
