from django.urls import path

from reviews.scoping.terms.views import reading, rounds, signing, texts

urlpatterns = [
    path("<uuid:review>/terms", reading.terms, name="terms"),
    path("<uuid:review>/terms/begin", reading.terms_begin, name="terms_begin"),
    path("<uuid:review>/terms/edit", texts.terms_edit, name="terms_edit"),
    path("<uuid:review>/terms/edit/<slug:key>", texts.terms_section, name="terms_section"),
    path("<uuid:review>/terms/edit/<slug:key>/earlier", texts.terms_earlier, name="terms_earlier"),
    path("<uuid:review>/terms/send", rounds.terms_round_new, name="terms_round_new"),
    path("<uuid:review>/terms/rounds/<int:pk>", rounds.terms_round, name="terms_round"),
    path(
        "<uuid:review>/terms/rounds/<int:pk>/close",
        rounds.terms_round_close,
        name="terms_round_close",
    ),
    path("<uuid:review>/terms/rounds/<int:pk>/say", rounds.terms_comment, name="terms_comment"),
    path("<uuid:review>/terms/comments/<int:pk>/answer", rounds.terms_answer, name="terms_answer"),
    path(
        "<uuid:review>/terms/comments/<int:pk>/settle", rounds.terms_dispose, name="terms_dispose"
    ),
    path("<uuid:review>/terms/asked/<int:pk>", rounds.terms_asked, name="terms_asked"),
    path("<uuid:review>/terms/versions/<int:pk>", reading.terms_version, name="terms_version"),
    path(
        "<uuid:review>/terms/versions/<int:pk>/<slug:kind>", reading.terms_file, name="terms_file"
    ),
    path("<uuid:review>/terms/compare", reading.terms_compare, name="terms_compare"),
    path("<uuid:review>/terms/put", signing.terms_put, name="terms_put"),
    path("<uuid:review>/terms/take-back", signing.terms_take_back, name="terms_take_back"),
    path("<uuid:review>/terms/return", signing.terms_return, name="terms_return"),
    path("<uuid:review>/terms/sign", signing.terms_sign, name="terms_sign"),
]
