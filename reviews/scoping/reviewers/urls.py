from django.urls import path

from reviews.scoping.reviewers.views import engaging, register

urlpatterns = [
    path("boards/<slug:board>/reviewers", register.register, name="register"),
    path("boards/<slug:board>/reviewers/new", register.register_new, name="register_new"),
    path("boards/<slug:board>/reviewers/<int:pk>", register.reviewer, name="reviewer"),
    path(
        "boards/<slug:board>/reviewers/<int:pk>/edit", register.reviewer_edit, name="reviewer_edit"
    ),
    path(
        "boards/<slug:board>/reviewers/<int:pk>/retire",
        register.reviewer_retire,
        name="reviewer_retire",
    ),
    path(
        "boards/<slug:board>/reviewers/<int:pk>/return",
        register.reviewer_return,
        name="reviewer_return",
    ),
    path(
        "boards/<slug:board>/reviewers/<int:pk>/references/<int:reference>/remove",
        register.reference_remove,
        name="reference_remove",
    ),
    path("<uuid:review>/reviewers", engaging.reviewers, name="reviewers"),
    path("<uuid:review>/reviewers/declare", engaging.declare, name="declare"),
    path("<uuid:review>/reviewers/<int:pk>/engage", engaging.engage, name="engage"),
    path(
        "<uuid:review>/reviewers/engagements/<int:pk>/edit",
        engaging.engagement_edit,
        name="engagement_edit",
    ),
    path(
        "<uuid:review>/reviewers/engagements/<int:pk>/end",
        engaging.engagement_end,
        name="engagement_end",
    ),
]
