from django.urls import path

from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.views import answering, asking, form, gathering, information

OF_RETURN, OF_NOTICE = {"model": AgencyReturn}, {"model": PreservationNotice}
FORM = "returns/<slug:board>/questions"
REVIEW = "<uuid:review>/information"
RETURN = f"{REVIEW}/returns/<int:pk>"
NOTICE = f"{REVIEW}/preservation/<int:pk>"

urlpatterns = [
    path(FORM, form.questions, name="return_questions"),
    path(f"{FORM}/new", form.question_new, name="return_question_new"),
    path(f"{FORM}/<int:pk>", form.question_edit, name="return_question_edit"),
    path(f"{FORM}/<int:pk>/move", form.question_move, name="return_question_move"),
    path(f"{FORM}/<int:pk>/retire", form.question_retire, name="return_question_retire"),
    path(f"{FORM}/<int:pk>/put-back", form.question_put_back, name="return_question_put_back"),
    path(REVIEW, information.information, name="information"),
    path(f"{REVIEW}/answers", information.answers, name="return_answers"),
    path(f"{REVIEW}/gathering", gathering.gathering_edit, name="gathering_edit"),
    path(f"{REVIEW}/neighbours/new", gathering.neighbour_new, name="neighbour_new"),
    path(f"{REVIEW}/neighbours/<int:pk>", gathering.neighbour_edit, name="neighbour_edit"),
    path(f"{REVIEW}/returns/ask", asking.returns_ask, name="returns_ask"),
    path(RETURN, information.agency_return, name="return"),
    path(f"{RETURN}/due", asking.due, OF_RETURN, name="return_due"),
    path(f"{RETURN}/send-again", asking.send_again, OF_RETURN, name="return_send_again"),
    path(f"{RETURN}/withdraw", asking.withdraw, OF_RETURN, name="return_withdraw"),
    path(f"{RETURN}/not-returned", asking.not_returned, name="return_not_returned"),
    path(f"{RETURN}/write-down", asking.return_write_down, name="return_write_down"),
    path(f"{RETURN}/answer", answering.return_answer, name="return_answer"),
    path(f"{RETURN}/check", answering.return_check, name="return_check"),
    path(f"{RETURN}/copy/<slug:kind>", answering.return_copy, name="return_copy"),
    path(f"{REVIEW}/preservation/send", asking.preservation_send, name="preservation_send"),
    path(NOTICE, information.preservation, name="preservation"),
    path(f"{NOTICE}/due", asking.due, OF_NOTICE, name="preservation_due"),
    path(f"{NOTICE}/send-again", asking.send_again, OF_NOTICE, name="preservation_send_again"),
    path(f"{NOTICE}/withdraw", asking.withdraw, OF_NOTICE, name="preservation_withdraw"),
    path(f"{NOTICE}/write-down", asking.preservation_write_down, name="preservation_write_down"),
    path(
        f"{NOTICE}/acknowledge",
        answering.preservation_acknowledge,
        name="preservation_acknowledge",
    ),
]
