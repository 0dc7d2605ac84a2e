from django.urls import include, path

from reviews.case import views

urlpatterns = [
    path("", views.home, name="home"),
    path(
        "reviews/",
        include(
            (
                [
                    path("", include("reviews.case.urls")),
                    path("", include("reviews.decisions.urls")),
                    path("", include("reviews.signatures.urls")),
                ],
                "reviews",
            )
        ),
    ),
]
