from django.urls import include, path

app_name = "quality_markers"

urlpatterns = [
    path("", include("quality_markers.catalogue.urls")),
    path("", include("quality_markers.assessments.urls")),
    path("", include("quality_markers.comments.urls")),
    path("", include("quality_markers.comparing.urls")),
    path("", include("quality_markers.packs.urls")),
    path("", include("quality_markers.exports.urls")),
    path("", include("quality_markers.learning.urls")),
]
