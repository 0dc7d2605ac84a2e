from django.urls import path

from quality_markers.assessments.views import acceptance, assigning, mine, moving, planning

of_a_pass = [
    path("changes", acceptance.changes, name="changes"),
    path("plan/", planning.plan, name="plan"),
    path("plan/several", planning.plan_several, name="plan_several"),
    path("plan/<int:marker>/", planning.plan_marker, name="plan_marker"),
    path("plan/<int:marker>/remove", planning.unplan, name="unplan"),
    path("plan/<int:marker>/take-up", planning.take_up, name="take_up"),
    path("assign", assigning.assign, name="assign"),
    path("assignments/<int:pk>/end", assigning.end_assignment, name="assignment_end"),
    path("withdraw", moving.withdraw, name="withdraw"),
    path("reopen", moving.reopen, name="reopen"),
    path("newer", moving.newer, name="newer"),
]

urlpatterns = [
    path("my-questions", mine.my_questions, name="my_questions"),
    path("<uuid:review>/stand-ins", assigning.stand_ins, name="stand_ins"),
    path("<uuid:review>/stand-ins/new", assigning.stand_in_new, name="stand_in_new"),
    path("<uuid:review>/stand-ins/<int:pk>/end", assigning.stand_in_end, name="stand_in_end"),
]
