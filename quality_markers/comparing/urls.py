from django.urls import include, path

from quality_markers.comparing import views

of_two = [
    path("", views.compare, name="compare"),
    path("narrative", views.compare_narrative, name="compare_narrative"),
    path("why", views.compare_why, name="compare_why"),
    path("why/<int:question>", views.compare_why_question, name="compare_why_question"),
]

urlpatterns = [
    path("<uuid:review>/compare/", views.compare_choose, name="compare_choose"),
    path("<uuid:review>/compare/<int:earlier>/<int:later>/", include(of_two)),
]
