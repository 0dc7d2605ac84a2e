from django.urls import path

from families.feedback.views import guests

urlpatterns = [
    path("form/", guests.guest_evaluation, name="guest_evaluation"),
    path("form/sent/", guests.guest_evaluation_sent, name="guest_evaluation_sent"),
]
