from django.urls import include, path

from reviews.case.views import front

IN_REVIEWS = [
    path("", include("reviews.case.urls")),
    path("", include("reviews.emergency.urls")),
    path("", include("reviews.refusals.urls")),
    path("", include("reviews.documents.urls")),
    path("", include("reviews.decisions.urls")),
    path("", include("reviews.scoping.urls")),
    path("", include("reviews.planning.urls")),
    path("", include("reviews.signatures.urls")),
]

urlpatterns = [
    path("", front.home, name="home"),
    path(
        "",
        include(
            (
                [
                    path("reviews/", include(IN_REVIEWS)),
                    path("guest/<str:token>/", include("reviews.decisions.guest_urls")),
                    path("", include("reviews.retention.urls")),
                    path("", include("reviews.subject_access.urls")),
                ],
                "reviews",
            )
        ),
    ),
]
