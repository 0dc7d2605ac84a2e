import secrets
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.documents import operations, queries, rules
from reviews.documents.forms import DocumentForm, EditForm, VersionForm, WithdrawForm
from reviews.documents.listing import SORTS, Listing, Wanted
from reviews.documents.models import Document, DocumentVersion
from reviews.permissions import ON_BOARDS, Permission
from scr_portal.core.reasons import Refused
from scr_portal.documents import outgoing, uploads


@review_view(Permission.READ_DOCUMENTS)
@require_safe
def documents(request: HttpRequest, review: Review) -> HttpResponseBase:
    wanted = Wanted.from_query(request.GET)
    listing = Listing(Document.objects.readable(request.user, review), wanted)
    context = {
        "review": review,
        "wanted": wanted,
        "listing": listing,
        "page": listing.page(request.GET.get("page")),
        "sorts": [
            {"value": name, "label": label, "selected": name == wanted.sort}
            for name, (label, _order) in SORTS.items()
        ],
        "may_add": request.user.has_perm(Permission.ADD_DOCUMENTS, review),
    }
    return render(request, "reviews/documents/list.html", context)


@review_view(Permission.READ_DOCUMENTS)
@require_safe
def document(request: HttpRequest, review: Review, document: int) -> HttpResponseBase:
    found = _document(request.user, review, document)
    may_add = request.user.has_perm(Permission.ADD_DOCUMENTS, review)
    context = {
        "review": review,
        "document": found,
        "about": queries.target(found.about_type, found.about_id, review, request.user),
        "readers": rules.in_roles(found.permission),
        "may_add": may_add and not found.withdrawn_at,
        "may_change": rules.may_change(request.user, found),
        "may_download": request.user.has_perm(Permission.EXPORT, review),
    }
    return render(request, "reviews/documents/document.html", context)


@review_view(Permission.ADD_DOCUMENTS)
@uploads.takes_files
def document_new(request: HttpRequest, review: Review) -> HttpResponseBase:
    """``?about=reviews.referral:3&permission=reviews.read_decisions&kind=referral`` from a room."""
    thing = _thing(request.user, review, request.GET)
    asked = _permission(request.user, review, request.GET)
    form = DocumentForm(
        posted(request),
        request.FILES or None,
        review=review,
        user=request.user,
        permission=asked,
        initial={
            "token": secrets.token_hex(16),
            "kind": request.GET.get("kind", ""),
            "permission": asked or Permission.READ_DOCUMENTS,
            "marking": review.marking,
            "private_to": "",
        },
    )
    act = partial(operations.add, review=review, by=request.user, about=thing)
    context = {"review": review, "form": form, "about": thing, "back": _back(review, thing)}
    return _upload(request, form, act, "reviews/documents/new.html", context)


@review_view(Permission.ADD_DOCUMENTS)
@uploads.takes_files
def document_version_new(request: HttpRequest, review: Review, document: int) -> HttpResponseBase:
    found = _document(request.user, review, document)
    if found.withdrawn_at:
        raise Http404
    initial = {"token": secrets.token_hex(16), "since": found.newest.number}
    form = VersionForm(posted(request), request.FILES or None, initial=initial)
    act = partial(operations.add_version, document=found, by=request.user)
    context = {"review": review, "document": found, "form": form}
    context |= {"back": found.get_absolute_url()}
    return _upload(request, form, act, "reviews/documents/version.html", context)


def _upload(
    request: HttpRequest, form: Any, act: Any, template: str, context: dict[str, Any]
) -> HttpResponseBase:
    """A plain POST is answered with a page; static/js/upload.js asks for JSON, file by file."""
    problem = uploads.problem(request) if form.is_bound else ""
    if form.is_valid():
        try:
            told = _left_inside(form)
            kept = act(**form.said())
        except Refused as refused:
            form.add_error("file", refused.as_error())
        else:
            done = _("“%(what)s” is kept.") % {"what": kept} + told
            if _wants_json(request):
                return JsonResponse({"text": done, "url": context["back"]})
            messages.success(request, done)
            return redirect(context["back"])
    elif problem:
        form.errors.pop("file", None)
        form.add_error("file", problem)
    if form.is_bound and _wants_json(request):
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"errors": wrong}, status=400)
    return render(request, template, context)


def _left_inside(form: Any) -> str:
    """What whoever downloads it can still read, said while it can be put right."""
    upload = form.cleaned_data["file"]
    found = outgoing.left_inside(upload.file, upload.inspected_as)
    if not found:
        return ""
    things = str(_(" and ")).join(str(_LEFT_INSIDE[each]) for each in sorted(found))
    return " " + _(
        "It still holds %(things)s, which everybody who downloads it can read. If they should not "
        "be read, save the file without them and upload that as a new version."
    ) % {"things": things}


_LEFT_INSIDE = {
    "changes": _l("tracked changes, deleted words among them"),
    "comments": _l("comments or notes"),
    "hidden": _l("hidden words, sheets or slides"),
}


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@review_view(Permission.ADD_DOCUMENTS)
def document_edit(request: HttpRequest, review: Review, document: int) -> HttpResponseBase:
    found = _changeable(request.user, review, document)
    form = EditForm(posted(request), document=found, user=request.user)
    if form.is_valid():
        try:
            operations.change(document=found, by=request.user, **form.said())
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("The document is saved."))
            return redirect(found)
    context = {"review": review, "document": found, "form": form}
    return render(request, "reviews/documents/edit.html", context)


@review_view(Permission.ADD_DOCUMENTS)
def document_withdraw(request: HttpRequest, review: Review, document: int) -> HttpResponseBase:
    found = _changeable(request.user, review, document)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        operations.withdraw(document=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("“%(title)s” is withdrawn.") % {"title": found.title})
        return redirect("reviews:documents", review.pk)
    context = {"review": review, "document": found, "form": form}
    return render(request, "reviews/documents/withdraw.html", context)


@review_view(Permission.ADD_DOCUMENTS)
@require_POST
def document_put_back(request: HttpRequest, review: Review, document: int) -> HttpResponseBase:
    found = _changeable(request.user, review, document)
    operations.put_back(document=found, by=request.user)
    messages.success(
        request, _("“%(title)s” is back among the documents.") % {"title": found.title}
    )
    return redirect(found)


@review_view(Permission.EXPORT)
@require_safe
def document_download(
    request: HttpRequest, review: Review, document: int, number: int
) -> HttpResponseBase:
    version = _version(request.user, review, document, number)
    try:
        return operations.download(version=version, by=request.user)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
        return redirect(version.document)


@review_view(Permission.ADD_DOCUMENTS)
@require_safe
def document_original(
    request: HttpRequest, review: Review, document: int, number: int
) -> HttpResponseBase:
    version = _version(request.user, review, document, number)
    return operations.download_original(version=version, by=request.user)


def _version(user: Any, review: Review, document: int, number: int) -> DocumentVersion:
    found = _document(user, review, document)
    version = next((each for each in found.versions.all() if each.number == number), None)
    if version is None:
        raise Http404
    return version


def _document(user: Any, review: Review, pk: int) -> Document:
    """One that the person may read; any other is as absent as one that never was."""
    found = get_object_or_404(Document.objects.readable(user, review).with_versions(), pk=pk)
    found.review = review
    for version in found.versions.all():
        version.document = found
    return found


def _changeable(user: Any, review: Review, pk: int) -> Document:
    found = _document(user, review, pk)
    if not rules.may_change(user, found):
        raise PermissionDenied
    return found


def _thing(user: Any, review: Review, query: QueryDict) -> Any:
    kind, _colon, pk = query.get("about", "").partition(":")
    thing = queries.target(kind, pk, review, user)
    if kind and thing is None:
        raise Http404
    return thing


def _permission(user: Any, review: Review, query: QueryDict) -> str:
    """What a room proposes, if it is one that the person holds."""
    asked = query.get("permission", "")
    known = asked in Permission.values and Permission(asked) not in ON_BOARDS
    return asked if known and user.has_perm(asked, review) else ""


def _back(review: Review, thing: Any) -> str:
    if hasattr(thing, "get_absolute_url"):
        return thing.get_absolute_url()
    return reverse("reviews:documents", args=[review.pk])
