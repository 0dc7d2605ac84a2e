from django.urls import path

from reviews.scoping.governance.views import reading, writing

urlpatterns = [
    path("<uuid:review>/governance", reading.governance, name="governance"),
    path(
        "<uuid:review>/governance/as/<str:kind>", reading.governance_paper, name="governance_paper"
    ),
    path("<uuid:review>/governance/edit", writing.governance_edit, name="governance_edit"),
    path(
        "<uuid:review>/governance/responsibilities/new",
        writing.responsibility_new,
        name="responsibility_new",
    ),
    path(
        "<uuid:review>/governance/responsibilities/<int:pk>/remove",
        writing.responsibility_remove,
        name="responsibility_remove",
    ),
    path("<uuid:review>/governance/steps/new", writing.step_new, name="step_new"),
    path("<uuid:review>/governance/steps/<int:pk>/edit", writing.step_edit, name="step_edit"),
    path("<uuid:review>/governance/steps/<int:pk>/move", writing.step_move, name="step_move"),
    path("<uuid:review>/governance/steps/<int:pk>/remove", writing.step_remove, name="step_remove"),
    path("<uuid:review>/governance/impasses/new", writing.impasse_new, name="impasse_new"),
    path(
        "<uuid:review>/governance/impasses/<int:pk>/edit", writing.impasse_edit, name="impasse_edit"
    ),
]
