from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.utils import timezone

from quality_markers.assessments import operations as operations_of_passes
from quality_markers.exports import layout, operations
from quality_markers.exports.models import Export
from reviews.case.operations import people
from scr_portal.audit.models import AuditEvent
from scr_portal.notifications.models import Notification


@pytest.fixture(autouse=True)
def quick(request, monkeypatch):
    """What is in a file is tried elsewhere."""
    monkeypatch.setattr(
        layout, "to_file", lambda book, form, tell: f"%{form} {book.numbers}".encode()
    )


def kinds(user) -> list[str]:
    found = Notification.objects.filter(user=user, kind__startswith="export")
    return list(found.values_list("kind", flat=True))


def events(review) -> list[str]:
    rows = AuditEvent.objects.filter(review_id=review.pk).order_by("sequence")
    return [
        kind
        for kind in rows.values_list("kind", flat=True)
        if "export" in kind or kind == "downloaded"
    ]


def test_it_is_made_once_told_once_and_audited(assessment, ask, cast, review):
    export = ask(assessment)
    assert export.file_name.startswith(f"{review.reference}-self-assessment-1-")
    operations.make(pk=export.pk)
    operations.make(pk=export.pk)
    operations.sweep()
    export.refresh_from_db()
    assert export.state == "done"
    assert export.percent == 100
    assert export.sha256 == sha256(bytes(export.content)).hexdigest()
    assert export.size == len(export.content)
    assert export.markers == list(range(1, 19))
    assert kinds(cast.lead) == ["export_ready"]
    assert operations.download(export=export, by=cast.lead) == bytes(export.content)
    assert events(review) == ["export_asked", "export_made", "downloaded"]


def test_a_double_click_makes_one_and_so_does_asking_before_it_has_begun(assessment, ask):
    first = ask(assessment, token="a")
    assert ask(assessment, token="a") == first
    assert ask(assessment, token="b") == first
    operations.make(pk=first.pk)
    assert ask(assessment, token="a") == first
    assert ask(assessment, token="c") != first


def test_one_persons_token_is_not_anothers(assessment, ask, cast):
    assert ask(assessment, token="a") != ask(assessment, by=cast.unit, token="a")


def test_who_may_not_export_or_read_is_refused(assessment, ask, cast):
    for person in (cast.observer, cast.stranger, cast.outsider, cast.administrator, cast.member):
        with pytest.raises(PermissionDenied):
            ask(assessment, by=person)
    assert not Export.objects.exists()


def test_a_second_worker_whose_first_was_slow_makes_one_file(assessment, ask, cast, monkeypatch):
    export = ask(assessment)
    made: list[int] = []

    def slow(book, form, tell):
        made.append(len(made))
        if len(made) == 1:  # the lease runs out, another worker takes the row and finishes it
            Export.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
            operations.sweep()
        return f"%PDF {len(made)}".encode()

    monkeypatch.setattr(layout, "to_file", slow)
    operations.make(pk=export.pk)
    assert made == [0, 1]
    export.refresh_from_db()
    assert bytes(export.content) == b"%PDF 2"
    assert kinds(cast.lead) == ["export_ready"]


def test_a_worker_that_lost_its_lease_stops_at_the_next_page(assessment, ask, monkeypatch):
    export = ask(assessment)

    def slow(book, form, tell):
        Export.objects.update(attempts=2)
        tell(0.5)
        raise AssertionError("it went on")

    monkeypatch.setattr(layout, "to_file", slow)
    operations.make(pk=export.pk)
    export.refresh_from_db()
    assert (export.percent, export.last_error) == (0, "")


def test_progress_is_told_under_the_lease(assessment, ask, monkeypatch):
    export = ask(assessment)

    def slow(book, form, tell):
        tell(0.5)
        held = Export.objects.get()
        assert held.percent == 50
        assert held.state == "working"
        assert held.lease_until
        assert held.lease_until > timezone.now()
        return b"%PDF"

    monkeypatch.setattr(layout, "to_file", slow)
    operations.make(pk=export.pk)
    assert Export.objects.get().state == "done"


def test_after_five_failures_the_person_is_told_once(
    assessment, ask, cast, review, monkeypatch, caplog
):
    export, words = ask(assessment), "words of the case"

    def fail(book, form, tell):
        raise ValueError(words)

    monkeypatch.setattr(layout, "to_file", fail)
    for attempt in range(1, 6):
        assert export.state == "waiting"
        Export.objects.update(not_before=timezone.now())
        operations.sweep()
        export.refresh_from_db()
        assert export.attempts == attempt
        assert export.last_error == "ValueError"
    assert export.state == "failed"
    assert kinds(cast.lead) == ["export_failed"]
    assert events(review) == ["export_asked", "export_failed"]
    assert "in fail" in caplog.text
    assert words not in caplog.text


def test_a_database_that_went_away_is_nobodys_failure(assessment, ask, cast, monkeypatch):
    """It is taken up when the lease is over, and not after a wait that doubles each time."""
    export = ask(assessment)

    def cut_off(book, form, tell):
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as cut:
        cut.setattr(layout, "to_file", cut_off)
        with pytest.raises(OperationalError):
            operations.sweep()
    export.refresh_from_db()
    assert export.last_error == ""
    assert export.not_before <= timezone.now() < export.lease_until
    Export.objects.update(lease_until=timezone.now())
    operations.sweep()
    export.refresh_from_db()
    assert export.state == "done"
    assert kinds(cast.lead) == ["export_ready"]


def test_one_that_takes_its_worker_down_each_time_is_given_up(assessment, ask, cast):
    export = ask(assessment)
    Export.objects.update(attempts=5)
    operations.sweep()
    export.refresh_from_db()
    assert export.state == "failed"
    assert kinds(cast.lead) == ["export_failed"]


def test_who_lost_the_review_meanwhile_gets_neither_file_nor_message(assessment, ask, cast, review):
    export = ask(assessment)
    people.recuse(review=review, user=cast.lead, reason="Knows the family.", by=cast.chair)
    operations.make(pk=export.pk)
    export.refresh_from_db()
    assert (export.state, export.content) == ("failed", None)
    assert kinds(cast.lead) == []


CHOICES = [
    {"form": "docx"},
    {"form": "csv", "is_named": False},
    {"with_comments": True},
    {"recipient": "Panel"},
    {"of": "history"},
]


@pytest.mark.parametrize("choices", CHOICES)
def test_another_choice_is_another_file(choices, assessment, ask):
    plain, other = ask(assessment, token="a"), ask(assessment, token="a", **choices)
    assert plain != other
    assert ask(assessment, token="b", **choices) == other
    for name, value in choices.items():
        assert getattr(other, name) == value


def test_a_comparison_with_what_may_not_be_read_is_refused(assessment, ask, cast):
    other = operations_of_passes.open_pass(
        review=assessment.review, purpose="clarity", by=cast.lead, markers=[1]
    )
    with pytest.raises(PermissionDenied):
        ask(assessment, by=cast.liaison, of="comparison", compared_with=other)
    assert ask(assessment, of="comparison", compared_with=other).compared_with == other
