from django.urls import path

from quality_markers.catalogue import views

urlpatterns = [
    path("", views.catalogue_list, name="catalogue_list"),
    path("<int:number>/", views.catalogue_marker, name="catalogue_marker"),
]
