from django.urls import path

from reviews.signatures import views

urlpatterns = [
    path("<uuid:review>/signatures/<int:pk>", views.signature, name="signature"),
]
