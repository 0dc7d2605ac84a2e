from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from scr_portal.accounts.access import public


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@public
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/cookies.html")
