from django.urls import include, path

ROOMS = ["referrals", "returns", "advice", "decision", "briefings"]

urlpatterns = [path("", include(f"reviews.decisions.{room}.urls")) for room in ROOMS]
