from django.urls import include, path

ROOMS: list[str] = []

urlpatterns = [path("", include(f"reviews.scoping.{room}.urls")) for room in ROOMS]
