from django.urls import include, path

app_name = "families"

ROOMS = ["people", "involvement", "contributions", "feedback", "letters"]

IN_REVIEWS = [path("", include(f"families.{room}.urls")) for room in ROOMS]

urlpatterns = [path("reviews/", include(IN_REVIEWS))]
