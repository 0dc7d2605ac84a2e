from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted, read_anew
from reviews.decisions.referrals import operations
from reviews.decisions.referrals.criteria import contradictions, criteria_of, judge
from reviews.decisions.referrals.forms.steps import ReferralForm
from reviews.decisions.referrals.models import Referral, Tag
from reviews.decisions.referrals.operations.referring import late
from reviews.decisions.referrals.queries import received, related
from reviews.decisions.referrals.rules import TAG_FIELDS
from reviews.permissions import Permission
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused


@review_view(Permission.READ_DECISIONS)
def referred(request: HttpRequest, review: Review) -> HttpResponse:
    return render(request, "reviews/decisions/referrals/referred.html", {"review": review})


@review_view(Permission.READ_DECISIONS)
def referral(request: HttpRequest, review: Review) -> HttpResponse:
    found = related.referral_of(review)
    tags = list(found.tags.all())
    child = review.children.order_by("pk").first()
    incident = related.Incident.of(
        review.incident_on,
        child.harm if child else "",
        child.age_at_incident if child else "",
        [(tag.kind, tag.label) for tag in tags],
    )
    same = related.same_incident(request.user, review.board, incident)
    context = {
        "review": review,
        "referral": found,
        "tags": tags,
        "same": [each for each in same if each.pk != review.pk],
        "rows": _rows(found, tags),
        "pattern_columns": [_("Review"), _("Referred"), _("What they share")],
        "pattern_rows": [_pattern(each) for each in related.patterns(request.user, found)],
        "late": late(review),
    } | _criteria(found, review, child.harm if child else "")
    if request.user.has_perm(Permission.OPEN, review.board):
        rows = received.received_by(request.user, review.board).filter(review=review)
        context["received"] = list(rows)
    return render(request, "reviews/decisions/referrals/referral.html", context)


def _rows(found: Referral, tags: list[Tag]) -> list[dict[str, Any]]:
    review = found.review
    agency = f", {found.agency}" if found.agency else ""
    rows: list[tuple[Any, Any]] = [
        (_("Referred by"), found.referrer_name + agency),
        (_("Sent by"), found.get_route_display()),
        (_("Date of the incident"), review.incident_on),
        (_("Date the board learned of it"), review.aware_on),
        (_("Date of referral"), review.referred_on),
        (_("Ground"), found.get_ground_display()),
    ]
    if found.priority:
        rows.append((_("Learning priority"), found.priority))
    rows.append((_("Why the case is referred"), found.rationale))
    rows.append((_("Information that supports it"), found.support))
    if found.delay_reason:
        rows.append((_("Why it took this long"), found.delay_reason))
    rows += [(tag.get_kind_display(), tag.label) for tag in tags]
    return [{"key": key, "value": value, "lines": isinstance(value, str)} for key, value in rows]


def _pattern(found: related.Pattern) -> list[Any]:
    url = reverse("reviews:referral", args=[found.review.pk])
    return [
        {"text": found.review.reference, "url": url, "note": found.review.pseudonym},
        on_screen(found.review.referred_on),
        "; ".join(found.shares),
    ]


def _criteria(found: Referral, review: Review, harm: str) -> dict[str, Any]:
    """The clauses as they were answered; a referral of before they were asked has none."""
    criteria, rows = criteria_of(review.profile), {row.clause: row for row in found.clauses.all()}
    if not rows:
        return {"criteria": criteria}
    answers = {key: row.answer for key, row in rows.items()}
    return {
        "criteria": criteria,
        "clauses": [(clause, rows.get(clause.key)) for clause in criteria.clauses],
        "judged": judge(criteria, answers),
        "against": contradictions(criteria, answers, ground=found.ground, harm=harm),
    }


@review_view(Permission.EDIT)
def referral_edit(request: HttpRequest, review: Review) -> HttpResponse:
    found = related.referral_of(review)
    form = ReferralForm(posted(request), referral=found, initial=_initial(found))
    theirs: list[tuple[str, str]] = []
    if form.is_valid():
        try:
            operations.change_referral(
                referral=found,
                version=form.cleaned_data["version"],
                by=request.user,
                clauses=form.clauses,
                tags=form.tags,
                **form.chosen(),
            )
        except Refused as refused:
            if found.version != form.cleaned_data["version"]:
                theirs = _theirs(form, found)
            form = read_anew(form, refused, found.version)
        else:
            messages.success(request, _("Referral changed"))
            return redirect("reviews:referral", review.pk)
    context = {"review": review, "form": form, "theirs": theirs, "criteria": form.criteria}
    return render(request, "reviews/decisions/referrals/referral_edit.html", context)


def _initial(found: Referral) -> dict[str, Any]:
    names = "referrer_name agency ground priority rationale support urgent_risks delay_reason"
    tags = list(found.tags.all())
    return {name: getattr(found, name) for name in [*names.split(), "version"]} | {
        name: "\n".join(tag.label for tag in tags if tag.kind == kind)
        for name, kind in TAG_FIELDS.items()
    }


def _theirs(form: ReferralForm, found: Referral) -> list[tuple[str, str]]:
    """Each text of theirs that is not what was typed here, so that neither is lost."""
    names = ["referrer_name", "rationale", "support", "urgent_risks", "delay_reason"]
    kept = _initial(found) | {
        f"note_{row.clause}": row.note for row in found.clauses.all() if row.note
    }
    names += [name for name in kept if name.startswith("note_") or name in TAG_FIELDS]
    return [
        (str(form.fields[name].label), kept[name])
        for name in names
        if name in form.fields and kept[name] != form.cleaned_data.get(name)
    ]
