from django.urls import path

from reviews.refusals import views

urlpatterns = [path("refusals/<slug:board>/", views.refusals, name="refusals")]
