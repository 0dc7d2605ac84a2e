from django.urls import include, path

app_name = "families"

ROOMS = ["people", "involvement", "contributions", "feedback", "letters", "figures"]

IN_REVIEWS = [path("", include(f"families.{room}.urls")) for room in ROOMS]

urlpatterns = [
    path("reviews/", include(IN_REVIEWS)),
    path("guest/<str:token>/", include("families.feedback.guest_urls")),
]
