from django.urls import path

from families.figures import views

PAGE = "boards/<slug:board>/families"

urlpatterns = [
    path(PAGE, views.figures, name="figures"),
    path(f"{PAGE}/figures.csv", views.figures_file, name="figures_file"),
]
