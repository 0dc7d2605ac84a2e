"""What this journey does not tell: how a review gets to be commissioned, and from stage to stage.

Walked by the operations, in a process of its own on the journey's database.
"""

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations.lifecycle import advance
from reviews.case.operations.record import edit_child
from reviews.permissions import Role
from reviews.planning.parallel.operations import add_process
from scr_portal.accounts.models import Board, User
from scr_portal.demonstration.loading import sign_ins
from tests import builders
from tests.cast import Cast
from tests.journeys.families.pages import CHILD, CHILDS_NAME, ago

TRIAL = "The trial"
DAYS = {"incident_on": 150, "aware_on": 149, "notified_on": 146, "referred_on": 142}


def the_cast() -> Cast:
    board = Board.objects.get(slug="northmere")
    people = {
        role: User.objects.get(email=email)
        for role in Role
        for what, email, _password in sign_ins()
        if what == role.label or what.startswith(f"{role.label},")
    }
    return Cast(board, board, board.agencies.all()[0], people)


def commission() -> None:
    """With everybody appointed, the purpose told, and a trial that goes on."""
    cast = the_cast()
    days = {name: ago(number) for name, number in DAYS.items()}
    review = builders.review_at(Stage.COMMISSIONING, cast, pseudonym=CHILD, **days)
    cast.on(review)
    builders.tell_purpose(review, cast)
    child = review.children.get()
    names = {"pseudonym": CHILD, "real_name": CHILDS_NAME}
    edit_child(child=child, version=child.version, by=cast.unit, **names)
    add_process(review=review, by=cast.unit, kind="criminal", name=TRIAL, body="Northmere Police")


def move(*stages: str, child: str = CHILD) -> None:
    cast, way = the_cast(), dict(builders.WAY)
    for stage in stages:
        review = Review.objects.get(pseudonym=child)
        advance(review=review, to=stage, by=cast.people[way[Stage(stage)]])
