from django.urls import path

from reviews.decisions.briefings.views import reading, writing

urlpatterns = [
    # For members, who see no review
    path("briefings", reading.briefings, name="briefings"),
    path("<uuid:review>/briefing/<int:pk>", reading.briefing, name="briefing"),
    path("<uuid:review>/briefing/<int:pk>/read", reading.briefing_read, name="briefing_read"),
    # For the unit and the chair, and those who read decisions
    path("<uuid:review>/briefings", writing.briefing_room, name="briefing_room"),
    path("<uuid:review>/briefings/edit", writing.briefing_edit, name="briefing_edit"),
    path("<uuid:review>/briefings/put", writing.briefing_put, name="briefing_put"),
    path(
        "<uuid:review>/briefings/take-back",
        writing.briefing_take_back,
        name="briefing_take_back",
    ),
    path("<uuid:review>/briefings/return", writing.briefing_return, name="briefing_return"),
    path("<uuid:review>/briefings/issue", writing.briefing_issue, name="briefing_issue"),
    path("<uuid:review>/briefings/<int:pk>", writing.briefing_readers, name="briefing_readers"),
    path(
        "<uuid:review>/briefings/receipts/<int:pk>/give-up",
        writing.briefing_give_up,
        name="briefing_give_up",
    ),
]
