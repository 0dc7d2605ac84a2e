from django.urls import path

from reviews.decisions.advice.views import challenge, inputs, overview, panel

urlpatterns = [
    path("<uuid:review>/advice", overview.advice, name="advice"),
    path("<uuid:review>/advice/inputs", inputs.inputs, name="inputs"),
    path("<uuid:review>/advice/inputs/ask", inputs.inputs_ask, name="inputs_ask"),
    path("<uuid:review>/terms/inputs", inputs.terms_inputs, name="terms_inputs"),
    path("<uuid:review>/terms/inputs/ask", inputs.terms_inputs_ask, name="terms_inputs_ask"),
    path(
        "<uuid:review>/advice/inputs/<int:pk>/give-up", inputs.input_give_up, name="input_give_up"
    ),
    path("<uuid:review>/input/<int:pk>", inputs.input_answer, name="input_answer"),
    path("<uuid:review>/advice/meeting/new", panel.meeting_new, name="meeting_new"),
    path("<uuid:review>/advice/meeting/<int:pk>", panel.meeting, name="meeting"),
    path("<uuid:review>/advice/meeting/<int:pk>/edit", panel.meeting_edit, name="meeting_edit"),
    path("<uuid:review>/advice/recommend", panel.recommend, name="recommend"),
    path("<uuid:review>/advice/challenge", challenge.challenge_new, name="challenge_new"),
    path(
        "<uuid:review>/advice/challenge/<int:pk>", challenge.challenge_edit, name="challenge_edit"
    ),
]
