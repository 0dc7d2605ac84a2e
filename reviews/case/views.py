from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from scr_portal.accounts.access import signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "reviews/case/home.html", {})
