from django.urls import include, path

from quality_markers.packs import views

of_a_pass = [
    path("", views.packs, name="packs"),
    path("sheets", views.question_sheets, name="question_sheets"),
    path("return", views.pack_return, name="pack_return"),
    path("<int:pk>/file", views.pack_download, name="pack_download"),
]
returned = [
    path("", views.returned_pack, name="returned_pack"),
    path("take-all", views.returned_take_all, name="returned_take_all"),
    path("answer/<int:answer>", views.returned_answer, name="returned_answer"),
]

urlpatterns = [
    path("<uuid:review>/<int:number>/packs/", include(of_a_pass)),
    path("<uuid:review>/returned-packs/<int:pk>/", include(returned)),
]
