"""People who were appointed before a role got new permissions have them after the upgrade."""

from importlib import import_module

from django.db import connection

from reviews.case.operations import people
from reviews.permissions import MATRIX, Permission, Role
from scr_portal.core import clock
from tests import builders

migration = import_module("reviews.migrations.0011_appointments_gain_what_is_new")


def as_before(review):
    """Without the rows that no role had then."""
    new = set().union(*migration.GAINED.values())
    review.grants.filter(permission__codename__in=new).delete()


def gain():
    with connection.cursor() as cursor:
        cursor.execute(migration.GAIN)


def test_open_appointments_gain_what_their_role_has_got(cast):
    review = builders.a_review(cast)
    cast.on(review)
    as_before(review)
    for _twice in range(2):
        gain()
    for role in (Role.LEAD, Role.LIAISON, Role.PANEL, Role.AGENCY, Role.OBSERVER):
        rows = review.grants.filter(appointment__role=role)
        held = sorted(rows.values_list("permission__codename", flat=True))
        assert held == sorted(each.codename for each in MATRIX[role])


def test_what_was_ended_stays_ended(cast):
    review = builders.a_review(cast)
    cast.on(review)
    as_before(review)
    people.end_appointment(appointment=review.appointments.get(role=Role.LEAD), by=cast.unit)
    dated = review.appointments.get(role=Role.PANEL)
    dated.ends = clock.today()
    dated.save()
    dated.grants.update(ends=dated.ends)
    gain()
    assert not review.grants.filter(appointment__role=Role.LEAD).exists()
    scope = review.grants.get(appointment=dated, permission__codename="read_scope")
    assert scope.ends == clock.today()
    review = type(review).objects.get(pk=review.pk)
    assert not cast.lead.has_perm(Permission.READ_SCOPE, review)
