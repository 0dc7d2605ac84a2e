from django.urls import path

from reviews.decisions.returns.views import guests

urlpatterns = [
    path("return/", guests.guest_return, name="guest_return"),
    path("return/check/", guests.guest_return_check, name="guest_return_check"),
    path("return/sent/", guests.guest_return_sent, name="guest_return_sent"),
    path("return/sent/<slug:kind>/", guests.guest_return_copy, name="guest_return_copy"),
    path("notice/", guests.guest_notice, name="guest_notice"),
    path("notice/sent/", guests.guest_notice_sent, name="guest_notice_sent"),
]
