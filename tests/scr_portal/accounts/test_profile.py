from django.urls import reverse

from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent

PAGE = "/people/profile/"


def test_the_profile_shows_ones_own_account(cast, sign_in):
    page = sign_in(cast.member).get(PAGE).content.decode()
    for text in (cast.member.email, cast.board.name, "Board member", reverse("mfa_index")):
        assert text in page
    assert cast.other_board.name not in page


def test_name_and_mail_are_changed_with_a_record(cast, sign_in):
    client = sign_in(cast.member)
    client.post(PAGE, {"name": "Member Renamed", "mail": "daily"})
    cast.member.refresh_from_db()
    assert (cast.member.name, cast.member.mail) == ("Member Renamed", "daily")
    event = AuditEvent.objects.get(kind=Event.PROFILE_CHANGED)
    assert event.changes == {"fields": ["name", "mail"]}
    client.post(PAGE, {"name": "Member Renamed", "mail": "daily"})
    assert AuditEvent.objects.filter(kind=Event.PROFILE_CHANGED).count() == 1


def test_what_is_wrong_is_told_and_nothing_lost(cast, sign_in):
    answer = sign_in(cast.member).post(PAGE, {"name": "N" * 300, "mail": "never"})
    page = answer.content.decode()
    assert "150 characters or fewer" in page
    assert "N" * 300 in page
    cast.member.refresh_from_db()
    assert cast.member.mail == "at_once"


def test_signing_out_everywhere_keeps_this_session(cast, sign_in):
    here, elsewhere = sign_in(cast.member), sign_in(cast.member)
    here.post(reverse("accounts:sign_out_everywhere"))
    assert here.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE).status_code == 302
    assert AuditEvent.objects.filter(kind=Event.SIGNED_OUT_EVERYWHERE).count() == 1
