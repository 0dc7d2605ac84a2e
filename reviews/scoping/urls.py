from django.urls import include, path

ROOMS = ["reviewers", "partners", "terms"]

urlpatterns = [path("", include(f"reviews.scoping.{room}.urls")) for room in ROOMS]
