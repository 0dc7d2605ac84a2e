"""What this app and the rooms below it hold of a case, and what becomes of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reviews.permissions import Permission as P
from reviews.retention.holdings import Ending, Holding

GONE = Ending.REMOVE
BY_LINK = ("link__received_referral__pk",)


def holdings() -> list[Holding]:
    return [*_record(), *_decision(), *_scope(), *_below(), *_own()]


def _record() -> list[Holding]:
    return [
        Holding(
            "reviews.Review",
            of=("pk",),
            keeps=("reference", "profile"),
            sets=(("pseudonym", str(_("Anonymised"))),),
        ),
        Holding("reviews.Appointment"),
        Holding("reviews.ReviewUserObjectPermission", GONE, of=("content_object_id",), reads=None),
        Holding("reviews.Recusal", reads=P.APPOINT),
        Holding("reviews.Emergency", keeps=("token",), reads=P.APPOINT),
        Holding("reviews.StageChange"),
        Holding("reviews.Child", numbered=("pseudonym",), reads=P.SEE_NAMES, is_person=True),
        Holding("reviews.Pause", keeps=("kind",)),
        Holding("reviews.Deadline", keeps=("key", "label"), reads=None),
        Holding("reviews.Extension", keeps=("key", "kind")),
        Holding(
            "reviews.Signature",
            keeps=("target_type", "target_id", "title", "sha256", "signer_name", "permission"),
            sets=(("content", "{}"),),
            reads=P.READ_DECISIONS,
        ),
    ]


def _decision() -> list[Holding]:
    """Of the decision its outcome stays, and on what clauses of the criteria it rested."""
    reads: dict[str, Any] = {"reads": P.READ_DECISIONS}
    return [
        Holding("reviews.Referral", **reads),
        Holding("reviews.ClauseTest", keeps=("clause",), **reads),
        Holding("reviews.ReceivedReferral", GONE, of=("review_id",), of_received=("pk",), **reads),
        Holding("reviews.InputRequest", GONE, **reads),
        Holding("reviews.Meeting", GONE, **reads),
        Holding("reviews.Recommendation", GONE, **reads),
        Holding("reviews.Dissent", GONE, **reads),
        Holding("reviews.PeerChallenge", GONE, **reads),
        Holding("reviews.Decision", sets=(("recommendation", None),), **reads),
        Holding("reviews.FactorNote", keeps=("factor",), **reads),
        Holding("reviews.NationalNotification", keeps=("body", "clock_key", "token"), **reads),
        Holding("reviews.Briefing", GONE, **reads),
        Holding("reviews.Receipt", GONE, **reads),
        Holding("reviews.AgencyReturn", GONE, **reads),
        Holding("reviews.PreservationNotice", GONE, **reads),
        Holding("reviews.Gathering", GONE, **reads),
        Holding("reviews.NeighbourCheck", GONE, **reads),
    ]


def _scope() -> list[Holding]:
    reads: dict[str, Any] = {"reads": P.READ_SCOPE}
    names = "PurposeStatement Telling TellingWaiver IndependenceDeclaration Terms Section"
    names += " EarlierText TermsAgency TermsVersion Round Comment Partnership Governance"
    names += " Responsibility AssuranceStep Impasse"
    return [
        *(Holding(f"reviews.{name}", GONE, **reads) for name in names.split()),
        Holding("reviews.Engagement", keeps=("part",), **reads),
        Holding("reviews.ParallelProcess", GONE, reads=P.READ_PLAN),
        Holding("reviews.Document", GONE, reads=P.READ_DOCUMENTS),
        Holding("reviews.DocumentVersion", GONE, reads=P.READ_DOCUMENTS),
    ]


def _below() -> list[Holding]:
    """Rooms that know no review but its number, and what only an address names it by."""
    own = ("review_id", "received_referral__review_id")
    linked = tuple(f"link__{way}" for way in own)
    return [
        Holding("documents.StoredFile", GONE, reads=None),
        Holding("documents.FileText", GONE, of=("file__review_id",), reads=P.READ_DOCUMENTS),
        Holding("drafts.Draft", GONE, of=("review_id", "key__contains"), reads=None),
        Holding("notifications.Notification", GONE, of=("review_id", "link__contains"), reads=None),
        Holding(
            "guests.GuestLink", GONE, of=own, of_received=("received_referral__pk",), reads=P.EDIT
        ),
        Holding("guests.GuestLetter", GONE, of=linked, of_received=BY_LINK, reads=None),
    ]


def _own() -> list[Holding]:
    received = ("received_id",)
    return [
        Holding("reviews.Hold", of_received=received, reads=P.EDIT),
        Holding("reviews.Longer", of_received=received, reads=P.EDIT),
        Holding("reviews.AccessPart", GONE, reads=None),
        Holding("reviews.AccessItem", GONE, reads=None),
    ]
