from django.urls import path

from reviews.case.views import dates, front, history, overview, people, record, stages

urlpatterns = [
    path("", front.reviews, name="list"),
    path("<uuid:review>/", overview.detail, name="detail"),
    path("<uuid:review>/edit", record.edit, name="edit"),
    path("<uuid:review>/children", record.children, name="children"),
    path("<uuid:review>/children/new", record.child_new, name="child_new"),
    path("<uuid:review>/children/<int:child>", record.child, name="child"),
    path("<uuid:review>/children/<int:child>/edit", record.child_edit, name="child_edit"),
    path("<uuid:review>/people", people.people, name="people"),
    path("<uuid:review>/people/appoint", people.appoint, name="appoint"),
    path(
        "<uuid:review>/people/appointments/<int:appointment>/end",
        people.end_appointment,
        name="end_appointment",
    ),
    path("<uuid:review>/people/recuse", people.recuse, name="recuse"),
    path("<uuid:review>/people/recusals/<int:recusal>/end", people.end_recusal, name="end_recusal"),
    path("<uuid:review>/people/give-leave", people.grant, name="grant"),
    path("<uuid:review>/people/leaves/<int:given>/end", people.end_grant, name="end_grant"),
    path("<uuid:review>/dates", dates.dates, name="dates"),
    path("<uuid:review>/dates/<int:deadline>", dates.one, name="date"),
    path("<uuid:review>/dates/<int:deadline>/met", dates.meet, name="meet"),
    path("<uuid:review>/dates/<int:deadline>/not-met", dates.take_back, name="take_back_met"),
    path("<uuid:review>/dates/<int:deadline>/extend", dates.extend, name="extend"),
    path("<uuid:review>/extensions/<int:extension>", dates.settle, name="settle_extension"),
    path("<uuid:review>/pause", stages.pause, name="pause"),
    path("<uuid:review>/resume", stages.resume, name="resume"),
    path("<uuid:review>/stage/<str:to>", stages.advance, name="advance"),
    path("<uuid:review>/history", history.history, name="history"),
]
