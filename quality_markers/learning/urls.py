from django.urls import path

from quality_markers.learning.views import board, gathering, improvements, taking

OF_A_REVIEW = "<uuid:review>/improvements"
ONE = f"{OF_A_REVIEW}/<int:pk>"
OF_A_BOARD = "boards/<slug:board>/learning"
THEMES = f"{OF_A_BOARD}/themes"

urlpatterns = [
    path(OF_A_REVIEW, improvements.improvements, name="improvements"),
    path(
        "<uuid:review>/<int:number>/improvements/new",
        improvements.improvement_new,
        name="improvement_new",
    ),
    path(f"{ONE}/edit", improvements.improvement_edit, name="improvement_edit"),
    path(f"{ONE}/drop", improvements.improvement_drop, name="improvement_drop"),
    path(f"{ONE}/put-back", improvements.improvement_put_back, name="improvement_put_back"),
    path(f"{ONE}/gather", gathering.improvement_gather, name="improvement_gather"),
    path(f"{ONE}/take-back", gathering.improvement_take_back, name="improvement_take_back"),
    path(OF_A_BOARD, board.learning, name="learning"),
    path(f"{OF_A_BOARD}/figures", board.figures, name="learning_figures"),
    path(f"{OF_A_BOARD}/file/<str:kind>", taking.learning_file, name="learning_file"),
    path(THEMES, board.themes, name="learning_themes"),
    path(f"{THEMES}/<int:pk>/retire", board.theme_retire, name="theme_retire"),
    path(f"{THEMES}/<int:pk>/put-back", board.theme_put_back, name="theme_put_back"),
]
