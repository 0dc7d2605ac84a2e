from django.urls import path

from reviews.decisions.decision.views import chair, drafting, national, reading

urlpatterns = [
    path("<uuid:review>/decision", reading.decision, name="decision"),
    path(
        "<uuid:review>/decision/<int:old>/against/<int:new>",
        reading.decision_compare,
        name="decision_compare",
    ),
    path(
        "<uuid:review>/decision/<int:number>.<str:kind>",
        reading.decision_record,
        name="decision_record",
    ),
    path("<uuid:review>/decision/edit", drafting.decision_edit, name="decision_edit"),
    path("<uuid:review>/decision/factors", drafting.decision_factors, name="decision_factors"),
    path("<uuid:review>/decision/put", drafting.decision_put, name="decision_put"),
    path(
        "<uuid:review>/decision/take-back", drafting.decision_take_back, name="decision_take_back"
    ),
    path("<uuid:review>/decision/return", chair.decision_return, name="decision_return"),
    path("<uuid:review>/decision/sign", chair.decision_sign, name="decision_sign"),
    path("<uuid:review>/decision/national", national.national, name="national"),
    path("<uuid:review>/decision/national/new", national.national_new, name="national_new"),
    path("<uuid:review>/decision/national/<int:pk>", national.national_one, name="national_one"),
]
