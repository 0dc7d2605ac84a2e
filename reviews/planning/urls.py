from django.urls import include, path

ROOMS = ["parallel"]

urlpatterns = [path("", include(f"reviews.planning.{room}.urls")) for room in ROOMS]
