import pytest
from django.core.exceptions import PermissionDenied

from quality_markers.assessments import operations
from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations.passes import require_editable
from quality_markers.catalogue.models import CatalogueVersion
from reviews.case.lifecycle import Stage
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests.builders import review_at


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("user__name", flat=True))


def test_a_pass_covers_all_markers_unless_some_are_chosen(review, cast):
    whole = operations.open_pass(review=review, purpose="clarity", by=cast.lead)
    some = operations.open_pass(review=review, purpose="planning", by=cast.lead, markers=[4, 12])
    assert (whole.number, whole.markers.count()) == (1, 18)
    assert (some.number, some.markers.count()) == (2, 2)
    assert AuditEvent.objects.filter(kind="pass_opened").count() == 2


def test_lead_and_liaison_are_told_and_whoever_opened_it_is_not(review, cast):
    operations.open_pass(review=review, purpose="clarity", by=cast.unit, markers=[1])
    assert told("pass_opened") == {"Lead reviewer Invented"}
    operations.open_pass(review=review, purpose="planning", by=cast.lead, markers=[12])
    assert told("pass_opened") == {"Lead reviewer Invented", "Family liaison Invented"}


def test_a_review_keeps_the_wording_it_began_with(assessment, review, cast):
    began = assessment.catalogue
    CatalogueVersion.objects.update(is_current=False)
    CatalogueVersion.objects.create(
        title="Newer", source="own", edition="1", sha256="a" * 64, is_current=True
    )
    later = operations.open_pass(review=review, purpose="planning", by=cast.lead)
    assert later.catalogue == began


@pytest.mark.parametrize(
    ("purpose", "markers", "sentence"),
    [
        ("clarity", [], "at least one marker"),
        ("clarity", [1, 99], "no marker 99"),
        ("scoring", None, "what the self-assessment is for"),
    ],
)
def test_what_cannot_be_opened_says_why(review, cast, purpose, markers, sentence):
    with pytest.raises(Refused, match=sentence):
        operations.open_pass(review=review, purpose=purpose, by=cast.lead, markers=markers)


def test_two_clicks_open_one_pass(review, cast):
    operations.open_pass(review=review, purpose="clarity", by=cast.lead)
    with pytest.raises(Refused, match="open already") as refused:
        operations.open_pass(review=review, purpose="clarity", by=cast.unit)
    assert refused.value.reasons[0].url == Pass.objects.get().get_absolute_url()


@pytest.mark.parametrize("who", ["chair", "liaison", "panel", "auditor", "stranger", "outsider"])
def test_who_may_not_fill_in_may_not_open(review, cast, who):
    with pytest.raises(PermissionDenied):
        operations.open_pass(review=review, purpose="clarity", by=cast.people[who])


def test_nobody_works_on_a_closed_review(cast, catalogue):
    review = review_at(Stage.IMPLEMENTING, cast)
    cast.on(review, "lead")
    assessment = operations.open_pass(review=review, purpose="clarity", by=cast.lead)
    # Closing is refused while a pass is unfinished (test_contributions.py), so pretend it was not.
    assessment.review.stage = Stage.CLOSED
    with pytest.raises(Refused, match="closed"):
        require_editable(assessment)


def test_passes_are_seen_through_the_door_of_their_review(review, cast):
    whole = operations.open_pass(review=review, purpose="clarity", by=cast.lead, markers=[1, 2])
    family = operations.open_pass(review=review, purpose="clarity", by=cast.lead, markers=[1, 4])

    def seen(who):
        return set(Pass.objects.visible_to(cast.people[who]))

    for who in ["unit", "chair", "auditor", "lead", "panel"]:
        assert seen(who) == {whole, family}, who
    assert seen("liaison") == {family}
    for who in ["member", "agency", "observer", "stranger", "outsider", "administrator"]:
        assert seen(who) == set(), who
