"""Whatever a person's way onto a review: a comment reaches who sees the question alone."""

from django.contrib.auth.models import Permission as Stored
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quality_markers.assessments import queries as assessments
from quality_markers.assessments import rules as reading
from quality_markers.comments import queries
from quality_markers.comments.models import QuestionComment
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.permissions import Permission
from scr_portal.accounts.models import User
from scr_portal.core import clock
from scr_portal.notifications.models import Notification
from tests.cast import person

WAYS = ["", "lead", "panel", "liaison", "observer", "ended", "recused", "inactive"]
WAYS += ["given view", "given reading", "given both", "given the family's"]
GIVEN = {
    "given view": [Permission.VIEW],
    "given reading": [Permission.READ_MARKERS],
    "given both": [Permission.VIEW, Permission.READ_MARKERS],
    "given the family's": [Permission.VIEW, Permission.READ_FAMILY_MARKERS],
}


def bring(user: User, way: str, review: Review, by: User) -> None:
    def given(permission):
        # As an administrator's hand would, without asking who gives it.
        review.grants.create(
            user=user,
            permission=_stored(permission),
            content_object=review,
            starts=clock.today(),
            reason="Cover",
        )

    if way in ("lead", "panel", "liaison", "observer"):
        people.appoint(review=review, user=user, role=way, by=by)
    elif way == "ended":
        appointment = people.appoint(review=review, user=user, role="panel", by=by)
        people.end_appointment(appointment=appointment, by=by)
    elif way == "recused":
        people.appoint(review=review, user=user, role="panel", by=by)
        people.recuse(review=review, user=user, reason="Is related", by=by)
    elif way == "inactive":
        people.appoint(review=review, user=user, role="panel", by=by)
        User.objects.filter(pk=user.pk).update(is_active=False)
    for permission in GIVEN.get(way, []):
        given(permission)


def _stored(permission: Permission) -> Stored:
    return Stored.objects.get(codename=permission.codename, content_type__app_label="reviews")


def sees(user: User, comment: QuestionComment) -> bool:
    """Asked from the other side: through the doors that this person's own pages go through."""
    user = User.objects.get(pk=user.pk)
    review = Review.objects.visible_to(user).filter(pk=comment.review_id).first()
    if review is None:
        return False
    return assessments.may(user, review, reading.READ, comment.question.marker)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ways=st.lists(st.sampled_from(WAYS), min_size=1, max_size=4),
    reference=st.sampled_from(["1.1", "4.2", "12.4"]),
    shouted=st.booleans(),
)
def test_a_mention_never_reaches_who_may_not_see(cast, review, say, ways, reference, shouted):
    with transaction.atomic():
        anybody = [person(f"Somebody {number} Invented") for number in range(len(ways))]
        for user, way in zip(anybody, ways, strict=True):
            bring(user, way, review, cast.unit)
        everybody = [*anybody, *cast.people.values()]
        text = " ".join(f"@{user.name}" for user in everybody)
        first = say(reference, by=cast.unit, text=text.upper() if shouted else text)
        say(reference, by=cast.chair, parent=first)
        allowed = {user.pk for user in everybody if sees(user, first)}
        assert set(first.mentions.values_list("pk", flat=True)) == allowed
        offered = queries.readers(review, first.question.marker)
        assert {user.pk for user in offered} == allowed
        told = Notification.objects.filter(kind="commented")
        assert set(told.values_list("user", flat=True)) == allowed
        transaction.set_rollback(True)
