from django.urls import path

from scr_portal.notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read", views.read_all, name="read_all"),
    path("<int:notification>/open", views.open_notification, name="open"),
    path("jobs/<slug:board>/", views.jobs, name="jobs"),
    path("jobs/<slug:board>/<str:sort>/<int:message>/retry", views.retry, name="retry"),
]
