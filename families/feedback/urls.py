from django.urls import path

from families.feedback.views import afterwards, evaluating

PAGE = "<uuid:review>/family/afterwards"
ONE = f"{PAGE}/evaluations/<int:pk>"

urlpatterns = [
    path(PAGE, afterwards.feedback, name="feedback"),
    path(f"{PAGE}/tell", afterwards.feedback_tell, name="feedback_tell"),
    path(f"{PAGE}/paper", evaluating.evaluation_paper, name="evaluation_paper"),
    path(f"{PAGE}/<int:person>/ask", evaluating.evaluation_ask, name="evaluation_ask"),
    path(ONE, evaluating.evaluation, name="evaluation"),
    path(f"{ONE}/withdraw", evaluating.evaluation_withdraw, name="evaluation_withdraw"),
    path(f"{ONE}/write-down", evaluating.evaluation_write_down, name="evaluation_write_down"),
]
