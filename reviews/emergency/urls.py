from django.urls import path

from reviews.emergency import views

urlpatterns = [
    path("emergencies/<slug:board>/", views.emergencies, name="emergencies"),
    path("emergencies/<slug:board>/open", views.open_one, name="emergency_open"),
    path("<uuid:review>/emergencies/<int:pk>", views.one, name="emergency"),
    path("<uuid:review>/emergencies/<int:pk>/end", views.end, name="emergency_end"),
    path("<uuid:review>/emergencies/<int:pk>/look", views.look, name="emergency_look"),
]
