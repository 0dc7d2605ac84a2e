"""A board's own version: drafted, published, retired, and nobody else's."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from quality_markers.catalogue import operations, queries
from quality_markers.catalogue.models import CatalogueVersion, Source
from quality_markers.catalogue.sheets import files
from quality_markers.catalogue.sheets.plain import digest
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from tests.builders import a_review
from tests.cast import person
from tests.quality_markers.conftest import INVENTED

pytestmark = pytest.mark.django_db


@pytest.fixture
def national():
    return operations.load_own()


@pytest.fixture
def draft(national, cast):
    return operations.begin(board=cast.board, based_on=national, by=cast.unit)


@pytest.fixture
def add(draft, cast):
    def added(text, number=12):
        marker = draft.markers.get(number=number)
        return operations.add_question(marker=marker, text=text, by=cast.unit)

    return added


@pytest.fixture
def publish(cast):
    def published(draft, title="Ours", **fields):
        seen = fields.pop("seen", None) or digest(queries.book_of(draft))
        by = fields.pop("by", cast.unit)
        return operations.publish(draft=draft, title=title, seen=seen, by=by)

    return published


def test_a_draft_says_what_it_was_made_from(draft, national, cast):
    assert (draft.state, draft.sha256, draft.source) == ("draft", "", Source.BOARD)
    assert (draft.based_on, draft.board, draft.is_current) == (national, cast.board, False)
    assert queries.book_of(draft).chapters == queries.book_of(national).chapters
    assert CatalogueVersion.objects.current(cast.board) == national


def test_a_board_has_one_draft_and_a_second_click_is_told_where_it_is(draft, national, cast):
    with pytest.raises(Refused) as refused:
        operations.begin(board=cast.board, based_on=national, by=cast.chair)
    assert refused.value.reasons[0].url == draft.get_absolute_url()
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueVersion.objects.create(
            title="x", source="board", edition="1", state="draft", board=cast.board
        )


def test_own_questions_have_numbers_of_their_own_which_are_given_once(add, draft, cast, publish):
    first, second = add("Who holds the diary?"), add("Who reads it?")
    assert (first.reference, second.reference) == ("12.L1", "12.L2")
    operations.remove_question(question=first, by=cast.unit)
    operations.remove_question(question=second, by=cast.unit)
    third = add("Where does it lie?")
    assert third.reference == "12.L1", "what was never published may be given anew"
    published = publish(draft)
    again = operations.begin(board=cast.board, based_on=published, by=cast.unit)
    marker = again.markers.get(number=12)
    operations.remove_question(question=marker.questions.get(number=101), by=cast.unit)
    fourth = operations.add_question(marker=marker, text="And then?", by=cast.unit)
    assert fourth.reference == "12.L2"


def test_a_marker_asks_nothing_twice(add, national):
    add("Who holds the diary?")
    with pytest.raises(Refused, match="asks the same already"):
        add("Who holds the diary?")
    with pytest.raises(Refused, match="asks the same already"):
        add(national.markers.get(number=12).questions.get(number=1).text)


def test_a_board_gives_at_most_fifty(add, draft):
    marker = draft.markers.get(number=12)
    marker.questions.create(number=150, text="The last?")
    with pytest.raises(Refused, match="which is the most"):
        add("One too many?")


def test_published_questions_are_not_a_boards_to_change(draft, cast):
    question = draft.markers.get(number=1).questions.get(number=1)
    with pytest.raises(Refused, match="published question"):
        operations.change_question(question=question, text="x", version=0, by=cast.unit)
    with pytest.raises(Refused, match="published question"):
        operations.remove_question(question=question, by=cast.unit)


def test_two_people_at_one_question_lose_no_text(add, cast):
    question = add("Who holds the diary?")
    operations.change_question(question=question, text="Who keeps it?", version=0, by=cast.unit)
    with pytest.raises(Stale) as stale:
        operations.change_question(question=question, text="Mine?", version=0, by=cast.chair)
    assert (stale.value.current.text, stale.value.current.version) == ("Who keeps it?", 1)
    operations.change_question(question=question, text="Mine?", version=1, by=cast.chair)
    question.refresh_from_db()
    assert (question.text, question.revision) == ("Mine?", 2)


def test_two_people_at_one_guidance_lose_no_text(draft, cast):
    marker = draft.markers.get(number=4)
    say = operations.change_guidance
    say(marker=marker, text="Ask Ida.", version=0, by=cast.unit)
    say(marker=marker, text="Ask Ida.", version=0, by=cast.unit)  # the second click
    with pytest.raises(Stale):
        say(marker=marker, text="Ask Una.", version=0, by=cast.chair)
    marker.refresh_from_db()
    assert (marker.local_guidance, marker.revision) == ("Ask Ida.", 1)


def test_a_question_that_is_gone_is_said_to_be_gone(add, cast):
    question = add("Who holds the diary?")
    operations.remove_question(question=question, by=cast.unit)
    with pytest.raises(Refused, match="taken this question out"):
        operations.change_question(question=question, text="x", version=0, by=cast.unit)


def test_publishing_makes_it_what_the_boards_reviews_begin_with(
    add, draft, publish, cast, national
):
    add("Who holds the diary?")
    published = publish(draft, title=" Northmere’s markers ")
    assert CatalogueVersion.objects.current(cast.board) == published
    assert CatalogueVersion.objects.current(cast.other_board) == national
    assert CatalogueVersion.objects.current() == national
    published.refresh_from_db()
    assert published.title == "Northmere’s markers"
    assert published.sha256 == digest(queries.book_of(published))
    assert AuditEvent.objects.latest("pk").kind == "catalogue_published"
    assert publish(draft) == published, "the second click finds it done"
    assert AuditEvent.objects.filter(kind="catalogue_published").count() == 1


def test_what_somebody_changed_meanwhile_is_read_before_it_is_published(add, draft, publish):
    add("Who holds the diary?")
    seen = digest(queries.book_of(draft))
    add("Who reads it?")
    with pytest.raises(Refused, match="Read it again"):
        publish(draft, seen=seen)


def test_a_draft_that_says_nothing_new_is_not_published(draft, publish, add, cast):
    with pytest.raises(Refused, match="own words in first"):
        publish(draft)
    add("Who holds the diary?")
    ours = publish(draft)
    again = operations.begin(board=cast.board, based_on=ours.based_on, by=cast.unit)
    with pytest.raises(Refused, match="exactly this already"):
        publish(again)


def test_published_words_stand(add, draft, publish, cast, national):
    question = add("Who holds the diary?")
    published = publish(draft)
    marker = question.marker
    for act in (
        lambda: operations.change_question(question=question, text="x", version=0, by=cast.unit),
        lambda: operations.remove_question(question=question, by=cast.unit),
        lambda: operations.add_question(marker=marker, text="x", by=cast.unit),
        lambda: operations.change_guidance(marker=marker, text="x", version=0, by=cast.unit),
    ):
        with pytest.raises(Refused, match="published or discarded meanwhile"):
            act()
    for version in (published, national):
        for write in (
            lambda v: v.markers.update(title="x"),
            lambda v: v.markers.first().questions.update(text="x"),
            lambda v: v.markers.first().questions.create(number=40, text="x"),
            lambda v: v.markers.first().questions.all().delete(),
            lambda v: v.markers.create(number=99, title="x", cluster_number=1, statement="x"),
            lambda v: v.delete(),
            lambda v: CatalogueVersion.objects.filter(pk=v.pk).update(title="x"),
            lambda v: CatalogueVersion.objects.filter(pk=v.pk).update(state="draft", sha256=""),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                write(version)


def test_retired_and_taken_up_again(add, draft, publish, cast, national):
    add("Who holds the diary?")
    ours = publish(draft)
    operations.retire(version=ours, by=cast.unit)
    operations.retire(version=ours, by=cast.unit)
    assert CatalogueVersion.objects.current(cast.board) == national
    operations.take_up(version=ours, by=cast.unit)
    operations.take_up(version=ours, by=cast.unit)
    assert CatalogueVersion.objects.current(cast.board) == ours
    kinds = list(AuditEvent.objects.values_list("kind", flat=True))
    assert kinds.count("catalogue_retired") == kinds.count("catalogue_taken_up") == 1
    for act in (operations.retire, operations.take_up):
        with pytest.raises(Refused, match="every board’s"):
            act(version=national, by=cast.unit)


def test_a_draft_is_discarded_and_nothing_is_left_of_it(draft, add, cast):
    add("Who holds the diary?")
    operations.discard(draft=draft, by=cast.unit)
    operations.discard(draft=draft, by=cast.unit)
    assert not CatalogueVersion.objects.filter(pk=draft.pk).exists()
    assert AuditEvent.objects.filter(kind="catalogue_discarded").count() == 1


def test_own_words_go_along_when_a_draft_begins_from_another_version(
    add, draft, publish, cast, national
):
    add("Who holds the diary?")
    publish(draft)
    kept = operations.begin(board=cast.board, based_on=national, by=cast.unit)
    assert kept.markers.get(number=12).questions.filter(number=101).exists()
    operations.discard(draft=kept, by=cast.unit)
    bare = operations.begin(board=cast.board, based_on=national, by=cast.unit, keep_own=False)
    assert not bare.markers.get(number=12).questions.filter(number__gt=100).exists()


def test_nobody_begins_from_a_draft_or_another_boards_version(draft, publish, add, cast):
    with pytest.raises(Refused, match="that is published"):
        operations.begin(board=cast.other_board, based_on=draft, by=cast.outsider)
    add("Who holds the diary?")
    with pytest.raises(Refused, match="that is published"):
        operations.begin(board=cast.other_board, based_on=publish(draft), by=cast.outsider)


def test_a_board_loads_any_framework_as_its_draft(cast, national, publish):
    book = files.read(INVENTED.read_bytes())
    draft = operations.load(board=cast.board, book=book, by=cast.unit)
    assert (draft.source, draft.based_on, draft.framework) == (
        Source.IMPORTED,
        None,
        "orchard-markers",
    )
    published = publish(draft, title="Orchard")
    assert CatalogueVersion.objects.current(cast.board) == published


@pytest.mark.parametrize("who", ["member", "auditor", "lead", "liaison", "panel", "outsider"])
def test_only_those_who_keep_the_boards_lists_change_anything(who, draft, national, add, cast):
    question, by = add("Who holds the diary?"), cast.people[who]
    marker = draft.markers.get(number=1)
    book = queries.book_of(draft)
    for act in (
        lambda: operations.begin(board=cast.board, based_on=national, by=by),
        lambda: operations.load(board=cast.board, book=book, by=by),
        lambda: operations.add_question(marker=marker, text="x", by=by),
        lambda: operations.change_question(question=question, text="x", version=0, by=by),
        lambda: operations.remove_question(question=question, by=by),
        lambda: operations.change_guidance(marker=marker, text="x", version=0, by=by),
        lambda: operations.publish(draft=draft, title="x", seen=digest(book), by=by),
        lambda: operations.discard(draft=draft, by=by),
        lambda: operations.retire(version=draft, by=by),
        lambda: operations.take_up(version=draft, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_who_sees_which_version(draft, add, publish, cast, national):
    def seen(who):
        return set(CatalogueVersion.objects.visible_to(who))

    for who in (cast.unit, cast.chair):
        assert seen(who) == {national, draft}
    for who in (cast.member, cast.auditor, cast.lead, cast.outsider, person("No Body")):
        assert seen(who) == {national}
    add("Who holds the diary?")
    ours = publish(draft)
    cast.on(a_review(cast), "lead", "panel")
    for who in (cast.unit, cast.member, cast.auditor, cast.lead, cast.panel):
        assert seen(who) == {national, ours}
        assert queries.current_for(who) == ours
    for who in (cast.liaison, cast.outsider, cast.stranger, cast.administrator):
        assert seen(who) == {national}
        assert queries.current_for(who) == national


def test_what_is_newer_for_every_board_is_noticed(draft, add, publish, national):
    add("Who holds the diary?")
    ours = publish(draft)
    assert queries.newer_than(ours) is None
    newer = operations.import_sheet(book=files.read(INVENTED.read_bytes()), is_current=True)
    assert queries.newer_than(ours) == newer
