from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from reviews.scoping.terms import queries, rules
from reviews.scoping.terms.forms import ReturnForm
from reviews.scoping.terms.models import Terms
from reviews.scoping.terms.operations import signing
from reviews.signatures.forms import SignForm, has_passkey
from scr_portal.core import typed
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused


def _in_state(review: Review, *states: str) -> Terms | None:
    terms = queries.current(review)
    return terms if terms and terms.state in states else None


def _moved_on(request: HttpRequest, review: Review) -> HttpResponse:
    """A second click or an old page: somebody signed it, returned it or took it back."""
    messages.info(request, _("The text is no longer where your page had it. See where it is."))
    return redirect("reviews:terms", review.pk)


@review_view(Permission.WRITE_SCOPE)
def terms_put(request: HttpRequest, review: Review) -> HttpResponse:
    """What is missing, what the check finds, and the button."""
    terms = _in_state(review, Terms.State.DRAFT, Terms.State.CONSULTING)
    if terms is None:
        return _moved_on(request, review)
    if request.method == "POST":
        try:
            signing.put_to_chair(terms=terms, by=request.user)
        except Refused:
            pass  # the page says it
        else:
            messages.success(request, _("The terms of reference are with the chair, who was told"))
            return redirect("reviews:terms", review.pk)
    context = {
        "review": review,
        "terms": terms,
        "missing": signing.missing(terms, request.user),
        "findings": queries.findings(terms, request.user),
        "remarks": collect("terms_remarks", review, request.user),
    }
    return render(request, "reviews/scoping/terms/put.html", context)


@review_view(Permission.WRITE_SCOPE)
@require_POST
def terms_take_back(request: HttpRequest, review: Review) -> HttpResponse:
    terms = _in_state(review, Terms.State.READY)
    if terms is None:
        return _moved_on(request, review)
    try:
        signing.take_back(terms=terms, by=request.user)
    except Refused:
        return _moved_on(request, review)
    messages.success(request, _("The terms of reference are a draft again"))
    return redirect("reviews:terms_edit", review.pk)


@review_view(Permission.SIGN)
def terms_return(request: HttpRequest, review: Review) -> HttpResponse:
    terms = _in_state(review, Terms.State.READY)
    if terms is None:
        return _moved_on(request, review)
    return form_page(
        request,
        ReturnForm(posted(request)),
        lambda **said: signing.give_back(terms=terms, **said),
        done=_("Returned with your reasons"),
        back=reverse("reviews:terms", args=[review.pk]),
        review=review,
        heading=_("Return the terms of reference with reasons"),
        intro=_("Those who wrote in them are told at once, and the text becomes a draft again."),
        button=_("Return them"),
    )


@review_view(Permission.SIGN)
def terms_sign(request: HttpRequest, review: Review) -> HttpResponse:
    """An irreversible act has its own page, which says what will happen and to whom."""
    terms = _in_state(review, Terms.State.READY)
    if terms is None:
        return _moved_on(request, review)
    form = SignForm(posted(request), request=request)
    version = typed.version(request.POST.get("version", ""))
    if form.signed(partial(signing.sign_terms, terms=terms, version=version)):
        messages.success(request, _("Signed. Everybody who may read them has been told"))
        return redirect("reviews:terms", review.pk)
    return render(request, "reviews/scoping/terms/sign.html", _to_sign(request, terms, form))


def _to_sign(request: HttpRequest, terms: Terms, form: SignForm) -> dict[str, Any]:
    return {
        "review": terms.review,
        "form": form,
        "terms": terms,
        "parts": rules.parts(queries.content_of(terms)),
        "findings": queries.findings(terms, request.user),
        "statement": rules.statement(terms),
        "passkey": has_passkey(request.user),
    }
