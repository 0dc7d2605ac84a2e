from django.urls import path

from reviews.decisions.decision import views

urlpatterns = [
    path("<uuid:review>/decision", views.decision, name="decision"),
    path("<uuid:review>/decision/edit", views.decision_edit, name="decision_edit"),
    path("<uuid:review>/decision/put", views.decision_put, name="decision_put"),
    path("<uuid:review>/decision/take-back", views.decision_take_back, name="decision_take_back"),
    path("<uuid:review>/decision/return", views.decision_return, name="decision_return"),
    path("<uuid:review>/decision/sign", views.decision_sign, name="decision_sign"),
]
