from django.urls import URLPattern, URLResolver, include, path

from quality_markers.catalogue.views import board, drafts, reading

of_the_draft = [
    path("", drafts.board_draft, name="board_draft"),
    path("publish", drafts.board_draft_publish, name="board_draft_publish"),
    path("discard", drafts.board_draft_discard, name="board_draft_discard"),
    path("<int:number>", drafts.board_draft_marker, name="board_draft_marker"),
    path("<int:number>/new", drafts.board_question_new, name="board_question_new"),
    path("<int:number>/<int:question>", drafts.board_question_edit, name="board_question_edit"),
    path(
        "<int:number>/<int:question>/remove",
        drafts.board_question_remove,
        name="board_question_remove",
    ),
]

of_a_board: list[URLPattern | URLResolver] = [
    path("", board.board_catalogue, name="board_catalogue"),
    path("begin", board.board_catalogue_begin, name="board_catalogue_begin"),
    path("load", board.board_catalogue_load, name="board_catalogue_load"),
    path("keep", board.board_catalogue_keep, name="board_catalogue_keep"),
    path("<int:version>/retire", board.board_catalogue_retire, name="board_catalogue_retire"),
    path("<int:version>/take-up", board.board_catalogue_take_up, name="board_catalogue_take_up"),
    path("draft/", include(of_the_draft)),
]

urlpatterns = [
    path("", reading.catalogue_list, name="catalogue_list"),
    path("<int:number>/", reading.catalogue_marker, name="catalogue_marker"),
    path("compare", reading.catalogue_compare, name="catalogue_compare"),
    path("versions/<int:version>/", reading.catalogue_version, name="catalogue_version"),
    path(
        "versions/<int:version>/<int:number>/",
        reading.catalogue_version_marker,
        name="catalogue_version_marker",
    ),
    path("versions/<int:version>/file/<str:kind>", reading.catalogue_file, name="catalogue_file"),
    path("boards/<slug:board>/catalogue/", include(of_a_board)),
]
