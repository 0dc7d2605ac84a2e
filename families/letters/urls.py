from django.urls import path

from families.letters.views import letters, sending, templates

LOG = "<uuid:review>/family/letters"
ONE = f"{LOG}/<int:pk>"
TEXTS = "family-letters/<slug:board>"
TEXT = f"{TEXTS}/<slug:kind>/<slug:code>/<slug:form>"

urlpatterns = [
    path(LOG, letters.letters, name="letters"),
    path(f"{LOG}/new", letters.letter_new, name="letter_new"),
    path(ONE, letters.letter, name="letter"),
    path(f"{ONE}/edit", letters.letter_edit, name="letter_edit"),
    path(f"{ONE}/take-over", letters.letter_take_over, name="letter_take_over"),
    path(f"{ONE}/drop", letters.letter_drop, name="letter_drop"),
    path(f"{ONE}/again", letters.letter_again, name="letter_again"),
    path(f"{ONE}/send", sending.letter_send, name="letter_send"),
    path(f"{ONE}/reply", sending.letter_reply, name="letter_reply"),
    path(f"{ONE}/file/<slug:kind>", sending.letter_file, name="letter_file"),
    path(TEXTS, templates.letter_texts, name="letter_texts"),
    path(f"{TEXTS}/load", templates.letter_text_load, name="letter_text_load"),
    path(TEXT, templates.letter_text, name="letter_text"),
    path(f"{TEXT}/preview", templates.letter_text_preview, name="letter_text_preview"),
    path(f"{TEXT}/preview/<slug:ending>", templates.letter_text_file, name="letter_text_file"),
    path(f"{TEXT}/take-out", templates.letter_text_take_out, name="letter_text_take_out"),
]
