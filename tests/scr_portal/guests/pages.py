from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path, reverse

from scr_portal import errors
from scr_portal.guests import operations, tokens
from scr_portal.guests.access import guest_view
from scr_portal.guests.models import Purpose


@guest_view(Purpose.REFERRAL)
def refer(request, link):
    if request.method == "POST":
        operations.use(link=link)
        return redirect("sent", tokens.receipt_of(link))
    return render(request, "guests/base.html", {"link": link})


@guest_view(Purpose.REFERRAL, receipt=True)
def sent(request, link):
    return HttpResponse("It has arrived")


@guest_view(Purpose.RETURN)
def answer(request, link):
    return HttpResponse("An answer")


def guest_pages(link):
    return [reverse("refer", args=[link.token])] if link.purpose == Purpose.REFERRAL else []


def guest_wanted_on(link):
    return [date(2026, 3, 3)] if link.purpose == Purpose.RETURN else []


handler404 = errors.not_found
urlpatterns = [
    path("guest/<str:token>/refer/", refer, name="refer"),
    path("guest/<str:token>/sent/", sent, name="sent"),
    path("guest/<str:token>/answer/", answer, name="answer"),
    path("", include("scr_portal.urls")),
]
