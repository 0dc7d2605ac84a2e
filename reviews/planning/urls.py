from django.urls import include, path

ROOMS: list[str] = []

urlpatterns = [path("", include(f"reviews.planning.{room}.urls")) for room in ROOMS]
