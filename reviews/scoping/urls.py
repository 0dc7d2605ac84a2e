from django.urls import include, path

ROOMS = ["purpose", "reviewers", "partners", "terms", "governance"]

urlpatterns = [path("", include(f"reviews.scoping.{room}.urls")) for room in ROOMS]
