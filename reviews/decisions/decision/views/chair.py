"""What the chair does with a decision: returns it, or signs it."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.decision import operations, queries, rules
from reviews.decisions.decision.forms import ReturnForm
from reviews.decisions.decision.models import Decision
from reviews.decisions.decision.views.state import in_state, moved_on
from reviews.permissions import Permission
from reviews.signatures.forms import SignForm, has_passkey
from scr_portal.core import typed
from scr_portal.core.reasons import Refused


@review_view(Permission.SIGN)
def decision_return(request: HttpRequest, review: Review) -> HttpResponse:
    found = in_state(review, Decision.State.READY)
    if found is None:
        return moved_on(request, review)
    form = ReturnForm(posted(request))
    if form.is_valid():
        try:
            operations.give_back(decision=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("Returned with your reasons"))
            return redirect("reviews:decision", review.pk)
    context = {"review": review, "form": form, "decision": found}
    return render(request, "reviews/decisions/decision/decision_return.html", context)


@review_view(Permission.SIGN)
def decision_sign(request: HttpRequest, review: Review) -> HttpResponse:
    """An irreversible act has its own page, which says what will happen and to whom."""
    found = in_state(review, Decision.State.READY)
    if found is None:
        return moved_on(request, review)
    form = SignForm(posted(request), request=request)
    version = typed.version(request.POST.get("version", ""))
    if form.signed(partial(operations.sign_decision, decision=found, version=version)):
        messages.success(request, _("Signed. The review has moved to Decided"))
        return redirect("reviews:decision", review.pk)
    context = {
        "review": review,
        "form": form,
        "decision": found,
        "tested": queries.tested(review),
        "statement": rules.statement(found),
        "passkey": has_passkey(request.user),
    }
    return render(request, "reviews/decisions/decision/decision_sign.html", context)
