from django.urls import include, path

ROOMS = ["referrals", "advice", "decision"]

urlpatterns = [path("", include(f"reviews.decisions.{room}.urls")) for room in ROOMS]
