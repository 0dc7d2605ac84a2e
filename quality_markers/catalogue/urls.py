from django.urls import path

from quality_markers.catalogue import views

urlpatterns = [
    path("quality-markers/", views.catalogue_list, name="catalogue_list"),
    path("quality-markers/<int:number>/", views.catalogue_marker, name="catalogue_marker"),
]
