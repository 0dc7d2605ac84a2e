from django.urls import path

from scr_portal.guests import views

app_name = "guests"

urlpatterns = [
    path("guest/<str:token>/", views.start, name="start"),
    path("guest/<str:token>/save/", views.save, name="save"),
    path("inbox/<slug:board>/letters/<int:letter>/retry/", views.retry, name="retry"),
]
