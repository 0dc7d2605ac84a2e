from django.urls import include, path

from quality_markers.comments import views

of_a_pass = [
    path("", views.comments, name="comments"),
    path("<int:marker>/<int:question>/", views.question_comments, name="question_comments"),
    path("<int:pk>/resolve", views.comment_resolve, name="comment_resolve"),
    path("<int:pk>/reopen", views.comment_reopen, name="comment_reopen"),
]

urlpatterns = [path("<uuid:review>/<int:number>/comments/", include(of_a_pass))]
