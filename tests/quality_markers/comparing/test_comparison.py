import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import MarkerPlan
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question
from quality_markers.comparing import operations
from quality_markers.comparing.content import comparison
from quality_markers.comparing.display import narrowed
from quality_markers.comparing.narrative import story


def pair_of(whole, reference):
    [found] = [pair for pair in whole.pairs if pair.reference == reference]
    return found


def chapter_of(whole, number):
    [found] = [chapter for chapter in whole.chapters if chapter.marker.number == number]
    return found


def told(whole, number):
    return [passage.text for passage in story(chapter_of(whole, number))]


def test_both_sides_of_a_question_stand_beside_each_other(passes, write, cast):
    write(passes[0], "12.4", judgement="not_in_place", narrative="Nobody asked.")
    write(passes[1], "12.4", judgement="partly", narrative="We asked.", by=cast.unit)
    pair = pair_of(comparison(*passes, cast.chair), "12.4")
    assert (pair.then.judgement, pair.now.judgement) == ("Not in place", "Partly in place")
    assert pair.now.answer.by == cast.unit
    assert pair.moved == ("judgement", "narrative")


def test_what_is_the_same_has_not_moved(passes, write, cast):
    for each in passes:
        write(each, "12.4", judgement="partly", narrative="We asked.")
    whole = comparison(*passes, cast.chair)
    assert pair_of(whole, "12.4").moved == ()
    assert whole.moved.chapters == []
    assert told(whole, 12) == []
    assert [marker.number for marker in whole.unmoved] == [1, 2, 4, 12]


def test_a_marker_of_one_pass_alone_says_so(passes, write, cast):
    write(passes[0], "3.1", judgement="in_place")
    whole = comparison(*passes, cast.chair)
    chapter = chapter_of(whole, 3)
    assert (chapter.in_earlier, chapter.in_later) == (True, False)
    assert pair_of(whole, "3.1").now is None
    assert whole.moved.chapters == []  # it was not looked at: that is no move
    [(alone, markers)] = whole.alone
    assert (alone, len(markers), markers[0].number) == (passes[0], 14, 3)
    turned = comparison(passes[1], passes[0], cast.chair)
    assert chapter_of(turned, 3).in_earlier is False
    assert [chapter.marker.number for chapter in whole.chapters] == list(range(1, 19))


def test_what_moved_is_told_in_sentences(passes, write, cast):
    first, last = passes
    write(first, "12.1", judgement="not_in_place")
    write(last, "12.1", judgement="in_place")
    write(last, "12.2", judgement="partly")
    write(first, "12.3", judgement="partly")
    write(first, "12.4", judgement="partly", narrative="So.")
    write(last, "12.4", judgement="partly", narrative="So, and so.")
    write(last, "12.5", narrative="Only words.")
    assert told(comparison(*passes, cast.chair), 12) == [
        "12.1 was judged “Not in place”; it is now judged “In place”.",
        "12.2 had not been considered; it is now judged “Partly in place”.",
        "12.3 was judged “Partly in place” and has not been considered since.",
        "12.4 is still judged “Partly in place”, in other words than then.",
        "12.5 has not been judged; what is written there has changed.",
    ]


def test_what_was_judged_open_and_never_looked_at_again_is_named(passes, write, cast):
    first, last = passes
    for reference, judgement in [("3.1", "partly"), ("12.1", "not_in_place"), ("12.2", "in_place")]:
        write(first, reference, judgement=judgement)
    write(first, "12.3", judgement="partly")
    write(last, "12.3", judgement="partly")
    whole = comparison(*passes, cast.chair)
    assert [pair.reference for pair in whole.left] == ["3.1", "12.1"]
    shown = narrowed(whole, "left")
    assert [pair.reference for pair in shown.pairs] == ["3.1", "12.1"]


def test_what_was_planned_and_never_taken_up_is_named(passes, write, cast, review):
    first, last = passes
    numbers = {marker.number: marker for marker in first.markers.all()}
    for assessment, number in [(first, 5), (first, 12), (last, 7), (last, 4)]:
        marker = numbers[number]
        MarkerPlan.objects.create(review=review, assessment=assessment, marker=marker, by=cast.lead)
    write(first, "12.1", judgement="partly")
    assessments.save_reflection(
        assessment=last, marker=numbers[4], by=cast.lead, version=0, text="We told them late."
    )

    def never(reader):
        review._state.fields_cache.pop("board", None)
        return [(plan.assessment.number, plan.marker.number) for plan in whole_of(reader).plans]

    def whole_of(reader):
        return comparison(first, last, reader)

    assert never(cast.chair) == [(1, 5), (2, 7)]
    assert never(cast.liaison) == []  # neither is of the family


def test_a_reader_of_the_family_is_shown_its_markers_alone(passes, write, cast):
    first, last = passes
    write(first, "1.1", judgement="partly")
    question = first.markers.get(number=1).questions.first()
    given = {"earlier": first, "later": last, "version": 0, "by": cast.lead}
    operations.say_why(question=question, words="Of marker 1", **given)
    operations.say_why(question=None, words="Of the whole", **given)
    whole = comparison(first, last, cast.liaison)
    assert [chapter.marker.number for chapter in whole.chapters] == [4, 12]
    assert whole.why is None
    assert not any(pair.why for pair in whole.pairs)
    assert comparison(first, last, cast.chair).why.words == "Of the whole"


def test_reflections_move_too(passes, cast):
    marker = passes[0].markers.get(number=12)
    for assessment, text in zip(passes, ("Then.", "Now."), strict=True):
        assessments.save_reflection(
            assessment=assessment, marker=marker, by=cast.lead, version=0, text=text
        )
    chapter = chapter_of(comparison(*passes, cast.chair), 12)
    assert (chapter.then.text, chapter.now.text) == ("Then.", "Now.")
    assert chapter.reflection_moved
    assert [each.marker.number for each in comparison(*passes, cast.chair).moved.chapters] == [12]


def test_the_answers_of_both_come_in_one_statement(passes, write, cast):
    def cost() -> list[str]:
        with CaptureQueriesContext(connection) as statements:
            whole = comparison(*passes, cast.chair)
            [story(chapter) for chapter in whole.chapters]
            [str(side.answer.by) for pair in whole.pairs for side in [pair.then] if side.answer]
        return [each["sql"] for each in statements]

    comparison(*passes, cast.chair)
    write(passes[0], "1.1", judgement="partly")
    few = cost()
    for number in range(1, 10):
        for each in passes:
            write(each, f"12.{number}", judgement="in_place", narrative="Words.")
        write(passes[0], f"{number + 4}.1", judgement="partly")
    many = cost()
    assert len(many) == len(few)
    answers = [sql for sql in many if 'FROM "quality_markers_answer"' in sql]
    assert len(answers) == 1


@pytest.fixture
def newer(passes):
    """A version with marker 12 reworded, its second question gone, and a marker that is new."""
    old = passes[0].catalogue
    made = CatalogueVersion.objects.create(
        title="Newer", source="imported", edition="2", state="draft"
    )
    for marker in old.markers.filter(number__in=[1, 12]):
        questions = list(marker.questions.all())
        kept = _copied(marker, made)
        for question in questions:
            if (marker.number, question.number) != (12, 2):
                added = " Say how." if (marker.number, question.number) == (12, 1) else ""
                Question.objects.create(
                    marker=kept, number=question.number, text=question.text + added
                )
    extra = _copied(old.markers.get(number=18), made)
    Marker.objects.filter(pk=extra.pk).update(number=19, title="Quite another")
    Question.objects.create(marker=extra, number=1, text="What has nobody ever asked before?")
    CatalogueVersion.objects.filter(pk=made.pk).update(state="published", sha256="b" * 64)
    made.refresh_from_db()
    return made


def _copied(marker, version):
    names = [field.name for field in Marker._meta.fields if field.name not in ("id", "version")]
    return Marker.objects.create(version=version, **{name: getattr(marker, name) for name in names})


def test_versions_of_the_catalogue_are_matched_question_by_question(
    passes, newer, write, cast, review
):
    first, last = passes
    type(last).objects.filter(pk=last.pk).update(catalogue=newer)
    last.refresh_from_db()
    last.markers.set(newer.markers.all())
    last.review = first.review = review
    for reference in ("12.1", "12.2", "12.3", "3.1"):
        write(first, reference, judgement="partly")
    write(last, "12.1", judgement="in_place")
    write(last, "19.1", judgement="in_place")
    whole = comparison(first, last, cast.chair)
    reworded = pair_of(whole, "12.1")
    assert reworded.reworded and reworded.now.question.text.endswith("Say how.")
    assert reworded.then.judgement == "Partly in place"
    gone = pair_of(whole, "12.2")
    assert gone.now is None and gone in chapter_of(whole, 12).pairs
    assert pair_of(whole, "19.1").then is None
    assert chapter_of(whole, 3).in_later is False
    assert sum(chapter.marker.number == 12 for chapter in whole.chapters) == 1
