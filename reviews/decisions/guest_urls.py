"""Forms for people without an account: below ``guest/<token>/``, whose tokens no log keeps."""

from django.urls import include, path

ROOMS = ["returns"]

urlpatterns = [path("", include(f"reviews.decisions.{room}.guest_urls")) for room in ROOMS]
