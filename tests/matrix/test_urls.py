"""Every URL against every person, with GET and POST, own, foreign and missing.

The tables below, and those of the rooms in the files beside this one (``rooms.py``), are written by
hand and say what the views' own marks should say; who may do what is read from the matrix. A new
URL without a row fails.
"""

import copy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reviews.permissions import MATRIX, Permission, Role
from scr_portal.accounts import sessions
from tests import cast as casting
from tests.architecture.test_urls import patterns
from tests.matrix import world as worlds
from tests.matrix.marks import ADMINISTRATOR, GUEST, PUBLIC, SIGNED_IN
from tests.matrix.rooms import gathered, spread

# One test asks several hundred addresses; on a busy machine that takes minutes.
pytestmark = pytest.mark.timeout(900)

P = Permission

READ_ANY = {P.READ_MARKERS, P.READ_FAMILY_MARKERS}
ANSWER_ANY = {P.ANSWER_MARKERS, P.ANSWER_FAMILY_MARKERS, P.ANSWER_ASSIGNED}

OPEN = {
    PUBLIC: """account_login account_logout account_signup account_reset_password
        account_reset_password_done account_reset_password_from_key
        account_reset_password_from_key_done mfa_authenticate accounts:invitation
        health accessibility privacy cookies""",
    SIGNED_IN: """home own_boards reviews:list reviews:refer reviews:sent_referral
        reviews:sent_referral_copy quality_markers:catalogue_list
        quality_markers:catalogue_marker accounts:profile accounts:sign_out_everywhere
        accounts:keepalive accounts:end_session
        notifications:inbox notifications:read_all notifications:open
        drafts:save drafts:discard account_reauthenticate account_change_password mfa_index
        mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn
        mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn""",
    ADMINISTRATOR: "accounts:boards",
    GUEST: """guests:start guests:save reviews:guest_return reviews:guest_return_check
        reviews:guest_return_sent reviews:guest_return_copy reviews:guest_notice
        reviews:guest_notice_sent reviews:guest_referral reviews:guest_referral_check
        reviews:guest_referral_sent reviews:guest_referral_copy""",
}

ON_BOARD = {
    P.OPEN: """reviews:refer_step reviews:refer_check reviews:received_referrals
        reviews:received_referral reviews:referral_links reviews:referral_link_more
        reviews:referral_link_withdraw""",
    P.REFER: "reviews:send_referral reviews:send_referral_check",
    P.MANAGE_PEOPLE: """accounts:people accounts:invite accounts:agencies accounts:agency
        accounts:closures accounts:remove_closure accounts:end_role accounts:person
        accounts:resend accounts:withdraw accounts:close_account accounts:reopen_account
        accounts:renew_second_factor""",
    P.SEE_JOBS: "notifications:jobs notifications:retry guests:retry",
    P.KEEP_REGISTERS: """reviews:return_questions reviews:return_question_new
        reviews:return_question_edit reviews:return_question_move reviews:return_question_retire
        reviews:return_question_put_back reviews:priorities reviews:priority_end""",
}

ON_REVIEW: list[tuple[set[Permission], str]] = [
    ({P.VIEW}, "reviews:detail reviews:dates reviews:date"),
    ({P.MOVE, P.MOVE_REPORT, P.SIGN}, "reviews:advance"),
    (
        {P.EDIT},
        """reviews:edit reviews:meet reviews:take_back_met reviews:extend reviews:pause
        reviews:resume reviews:referral_edit reviews:decision_edit reviews:decision_put
        reviews:decision_factors reviews:national_new
        reviews:decision_take_back reviews:input_give_up reviews:gathering_edit
        reviews:neighbour_new reviews:neighbour_edit reviews:returns_ask reviews:return_due
        reviews:return_send_again reviews:return_withdraw reviews:return_not_returned
        reviews:return_write_down reviews:preservation_send reviews:preservation_due
        reviews:preservation_send_again reviews:preservation_withdraw
        reviews:preservation_write_down""",
    ),
    ({P.SEE_FAMILY}, "reviews:children reviews:child"),
    ({P.KEEP_FAMILY}, "reviews:child_new reviews:child_edit"),
    (
        {P.APPOINT},
        """reviews:people reviews:appoint reviews:end_appointment reviews:recuse
        reviews:end_recusal reviews:grant reviews:end_grant""",
    ),
    ({P.SIGN}, "reviews:settle_extension reviews:decision_return reviews:decision_sign"),
    (
        {P.EDIT, P.SIGN},
        "reviews:inputs reviews:inputs_ask reviews:challenge_new reviews:challenge_edit",
    ),
    ({P.RECOMMEND}, "reviews:meeting_new reviews:meeting_edit reviews:recommend"),
    ({P.GIVE_INPUT}, "reviews:input_answer"),
    (
        {P.ANSWER_REQUESTS},
        """reviews:return_answer reviews:return_check reviews:return_copy
        reviews:preservation_acknowledge""",
    ),
    ({P.READ_HISTORY}, "reviews:history"),
    ({P.READ_DOCUMENTS}, "reviews:documents reviews:document"),
    (
        {P.ADD_DOCUMENTS},
        """reviews:document_new reviews:document_version_new reviews:document_edit
        reviews:document_withdraw reviews:document_put_back reviews:document_original""",
    ),
    (
        {P.READ_DECISIONS},
        """reviews:referred reviews:referral reviews:information reviews:return_answers
        reviews:return reviews:preservation reviews:advice reviews:decision
        reviews:decision_compare reviews:national reviews:national_one reviews:meeting
        reviews:signature""",
    ),
    (
        READ_ANY,
        """quality_markers:passes quality_markers:pass quality_markers:marker
        quality_markers:questions quality_markers:answer_history
        quality_markers:reflection_history""",
    ),
    (
        {P.ANSWER_MARKERS},
        """quality_markers:pass_new quality_markers:submit
        quality_markers:take_back""",
    ),
    (
        ANSWER_ANY,
        """quality_markers:answer quality_markers:answer_restore quality_markers:reflection
        quality_markers:reflection_restore""",
    ),
    ({P.ACCEPT_MARKERS}, "quality_markers:return quality_markers:accept"),
    (
        {P.EXPORT},
        """reviews:document_download quality_markers:export_new quality_markers:marker_pdf
        reviews:decision_record quality_markers:exports
        quality_markers:export quality_markers:export_status quality_markers:export_download""",
    ),
]

# Marker 1 is not of the family: to liaison it is as absent as what does not exist.
MARKER_1 = {
    f"quality_markers:{name}"
    for name in (
        "marker",
        "marker_pdf",
        "answer",
        "explain",
        "answer_before",
        "evidence",
        "evidence_new",
        "evidence_act",
        "answer_history",
        "answer_restore",
        "reflection",
        "reflection_history",
        "reflection_restore",
    )
}
# What was asked of one person exists for nobody else, whatever they may do.
ASKED_OF: dict[str, str] = {
    **dict.fromkeys(
        (
            "reviews:return_answer",
            "reviews:return_check",
            "reviews:return_copy",
            "reviews:preservation_acknowledge",
        ),
        Role.MEMBER.value,
    ),
    "reviews:input_answer": Role.MEMBER.value,
}
# Open to who was asked and to who reads the review anyway, if they may give input.
FOR_INPUT: set[str] = set()
# Addresses that exist only in a state which the case is not in now: absent to everybody.
ABSENT_NOW = {
    "reviews:decision_put",
    "reviews:decision_take_back",
    "reviews:decision_return",
    "reviews:decision_sign",
    "reviews:settle_extension",
    "quality_markers:export_download",
    "quality_markers:reflection_restore",
}
# Some acts behind an address ask for more than to look at it.
POST_ASKS = {"reviews:child": P.SEE_NAMES}
# What was signed is absent, not refused, where one may not read it.
ABSENT_WITHOUT = {"reviews:signature"}
# What was to be tried again has gone by itself, or never was.
MAY_BE_GONE = {"notifications:retry", "guests:retry"}
# A document is changed by its owner and the unit: here the unit is both.
OWN_DOCUMENT = {f"reviews:document_{name}" for name in ("edit", "withdraw", "put_back")}
# An export belongs to whoever asked for it: here the unit.
OWN_EXPORT = {f"quality_markers:{name}" for name in ("export", "export_status", "export_download")}
OF_THE_UNIT = OWN_DOCUMENT | OWN_EXPORT

OPEN_TO = spread(gathered("OPEN", OPEN))
BOARD_TO = spread(gathered("ON_BOARD", ON_BOARD))
REVIEW_TO = spread(gathered("ON_REVIEW", ON_REVIEW))
ASKED_OF = dict(gathered("ASKED_OF", ASKED_OF))
FOR_INPUT = set(gathered("FOR_INPUT", FOR_INPUT))
ABSENT_NOW = set(gathered("ABSENT_NOW", ABSENT_NOW))
POST_ASKS = dict(gathered("POST_ASKS", POST_ASKS))
ABSENT_WITHOUT = set(gathered("ABSENT_WITHOUT", ABSENT_WITHOUT))
MAY_BE_GONE = set(gathered("MAY_BE_GONE", MAY_BE_GONE))
OF_THE_UNIT = set(gathered("OF_THE_UNIT", OF_THE_UNIT))

SEES_NOTHING = ["stranger", "outsider", "other_chair", "administrator", "recused", "gone"]
SEES_NOTHING += ["former", Role.MEMBER.value, Role.AGENCY.value]
EVERYBODY = [*Role.values, *SEES_NOTHING[:-2], "by_name", "closed"]


def allowed_to(who: str) -> frozenset[Permission]:
    if who == "by_name":
        return frozenset({P.VIEW})
    return MATRIX[Role(who)] if who in Role.values else frozenset()


def board_allowed(who: str) -> frozenset[Permission]:
    if who == "administrator":
        return frozenset({P.MANAGE_PEOPLE, P.SEE_JOBS, P.BREAK_GLASS})
    return MATRIX[Role.CHAIR] if who == "recused" else allowed_to(who)


def test_every_url_has_a_row():
    names = {name for name, _ in patterns()}
    rows = [*OPEN_TO, *BOARD_TO, *REVIEW_TO]
    assert len(rows) == len(set(rows))
    assert set(rows) == names


def test_the_marks_of_the_views_say_the_same():
    for name, pattern in patterns():
        said = set(pattern.callback.access.split(" or "))
        if name in ABSENT_WITHOUT:
            assert said == {str(P.VIEW)}, name
        elif name in REVIEW_TO and name != "reviews:advance":
            assert said == {str(p) for p in REVIEW_TO[name]}, name
        elif name in BOARD_TO:
            assert said == {str(BOARD_TO[name])}, name
        elif name in OPEN_TO:
            assert said == {OPEN_TO[name]}, name


def arguments(pattern: Any, name: str) -> list[str]:
    """The names in the path, those of the parents included."""
    from django.urls import get_resolver

    resolver = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    return resolver.reverse_dict.getlist(name.split(":")[-1])[0][0][0][1]


def ask(client: Client, method: str, url: str) -> HttpResponse:
    """One request that changes nothing for the next: neither the database nor the cookies."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(url)
        if not response.streaming:
            response.content  # noqa: B018
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def seen(response: HttpResponse) -> tuple[Any, ...]:
    """Everything that a browser gets; a nonce and the second of the clock differ by nature."""
    by_nature = {"Content-Security-Policy", "Expires"}
    headers = [(name, value) for name, value in response.items() if name not in by_nature]
    return response.status_code, response.content, sorted(headers), sorted(response.cookies)


def make() -> worlds.World:
    return worlds.make(casting.gather())


@pytest.fixture
def world(laid, quiet):
    return laid


@pytest.fixture
def client_of(world, sign_in):
    """A browser of that person's, whose session has begun as after its first page."""

    def signed_in(who: str) -> Client:
        client = sign_in(world.people[who])
        session = client.session
        session[sessions.BEGAN] = session[sessions.SEEN] = sessions.now()
        session.save()
        return client

    return signed_in


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_review_answers_as_the_matrix_says(world, client_of, who):
    client = client_of(who)
    leaks = []
    for name, pattern in patterns():
        if name not in REVIEW_TO:
            continue
        wanted = arguments(pattern, name)
        url = reverse(name, kwargs=world.kwargs(name, wanted))
        missing = reverse(name, kwargs=world.kwargs(name, wanted, missing=True))
        for method in ("get", "post"):
            response = ask(client, method, url)
            trouble = _trouble(who, name, method, response)
            if response.status_code == 404 and who in SEES_NOTHING:
                trouble = trouble or _differs(response, ask(client, method, missing))
            if trouble:
                leaks.append(f"{method} {name}: {trouble}")
    assert not leaks, "\n".join(leaks)


def _trouble(who: str, name: str, method: str, response: HttpResponse) -> str:
    """In words what is wrong with an answer; empty when it is as it should be."""
    status, mine = response.status_code, allowed_to(who)
    if who == "closed":
        return "" if status in {302, 401} and "login" in response.url else f"{status} when closed"
    if name in ASKED_OF:
        return (
            "" if (status != 404) == (who == ASKED_OF[name]) else f"{status}, though asked of one"
        )
    if name in FOR_INPUT:
        return "" if (status != 404) == (P.GIVE_INPUT in mine) else f"{status}, for input alone"
    if P.VIEW not in mine:
        return "" if status == 404 else f"{status}, though it must not exist"
    asked = {POST_ASKS[name]} if method == "post" and name in POST_ASKS else REVIEW_TO[name]
    if not mine & asked and name != "reviews:advance":
        refusal = 404 if name in ABSENT_WITHOUT else 403
        return "" if status == refusal else f"{status}, though it is not allowed"
    if _hidden(who, name, mine):
        return "" if status in {403, 404, 405} else f"{status}, though it is not theirs"
    if name == "reviews:advance" and not mine & REVIEW_TO[name]:
        return "" if status in {403, 405} else f"{status}, though they move nothing"
    return (
        ""
        if status in {200, 302, 303, 400, 405, 409, 422} or (status == 404 and name in ABSENT_NOW)
        else f"{status}"
    )


def _hidden(who: str, name: str, mine: frozenset[Permission]) -> bool:
    of_family = P.READ_MARKERS not in mine
    return (name in MARKER_1 and of_family) or (name in OF_THE_UNIT and who != Role.UNIT)


def _differs(one: HttpResponse, other: HttpResponse) -> str:
    return "" if seen(one) == seen(other) else "differs from what does not exist"


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_board_answers_as_the_matrix_says(world, client_of, who):
    client = client_of(who)
    leaks = []
    for name, pattern in patterns():
        if name not in BOARD_TO:
            continue
        wanted = arguments(pattern, name)
        allowed = BOARD_TO[name] in board_allowed(who)
        missing = reverse(name, kwargs=world.kwargs(name, wanted, missing=True))
        for method in ("get", "post"):
            response = ask(client, method, reverse(name, kwargs=world.kwargs(name, wanted)))
            if who == "closed":
                wrong = response.status_code not in {302, 401}
            elif allowed:
                wrong = response.status_code in {403, 500} or (
                    response.status_code == 404 and name not in MAY_BE_GONE
                )
            else:
                wrong = bool(_differs(response, ask(client, method, missing)))
                wrong = wrong or response.status_code != 404
            if wrong:
                leaks.append(f"{method} {name}: {response.status_code}")
    assert not leaks, "\n".join(leaks)


def test_nobody_who_is_not_signed_in_gets_past_the_door(world, client):
    for name, pattern in patterns():
        if OPEN_TO.get(name) in {PUBLIC, GUEST}:
            continue
        known = world.arguments | world.special.get(name, {})
        kwargs = {key: known.get(key, 1) for key in arguments(pattern, name)}
        for method in ("get", "post"):
            response = ask(client, method, reverse(name, kwargs=kwargs))
            assert response.status_code in {302, 401}, (name, response.status_code)
            if response.status_code == 302:
                assert response.url.startswith("/sign-in/login/"), (name, response.url)


@pytest.mark.parametrize("who", [*Role.values, "stranger", "outsider"])
def test_only_the_administrator_manages_boards(client_of, who):
    assert client_of(who).get(reverse("accounts:boards")).status_code == 404


@pytest.mark.parametrize("who", [*EVERYBODY, None])
def test_a_link_that_is_not_good_is_refused_alike_whoever_asks(world, client_of, monkeypatch, who):
    """A guest's page asks nobody who they are: an account opens nothing more, and nothing less."""
    monkeypatch.setattr("scr_portal.guests.access.LIMIT", 10_000)
    client = client_of(who) if who else Client()
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"  # so that no other test is throttled for it
    refused = ask(Client(REMOTE_ADDR="192.0.2.7"), "get", reverse("guests:start", args=["x"]))
    assert refused.status_code == 410
    for name, pattern in patterns():
        if OPEN_TO.get(name) != GUEST or who == "closed":
            continue
        kwargs = world.kwargs(name, arguments(pattern, name))
        for method in ("get", "post"):
            assert not _differs(ask(client, method, reverse(name, kwargs=kwargs)), refused), name
