from django.urls import path

from scr_portal.drafts import views

app_name = "drafts"

urlpatterns = [
    path("<str:key>/discard/", views.discard, name="discard"),
    path("<str:key>/", views.save, name="save"),
]
