from django.urls import include, path

from reviews.case.views import front

urlpatterns = [
    path("", front.home, name="home"),
    path(
        "reviews/",
        include(
            (
                [
                    path("", include("reviews.case.urls")),
                    path("", include("reviews.decisions.urls")),
                    path("", include("reviews.scoping.urls")),
                    path("", include("reviews.planning.urls")),
                    path("", include("reviews.signatures.urls")),
                ],
                "reviews",
            )
        ),
    ),
]
