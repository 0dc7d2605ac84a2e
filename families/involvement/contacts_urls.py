from django.urls import path

from families.involvement.views import (
    contact_changes,
    contacting,
    contacts,
    influences,
    promises,
    questions,
    refusals,
)

FAMILY = "<uuid:review>/family"
CONTACTS = f"{FAMILY}/contacts"
CONTACT = f"{CONTACTS}/<int:pk>"
PROMISE = f"{FAMILY}/promises/<int:pk>"
QUESTIONS = f"{FAMILY}/questions"
TERMS = f"{FAMILY}/terms"

urlpatterns = [
    path(CONTACTS, contacts.contacts, name="contacts"),
    path(f"{CONTACTS}/plan", contacting.contact_plan, name="contact_plan"),
    path(f"{CONTACTS}/record", contacting.contact_record, name="contact_record"),
    path(CONTACT, contacts.contact, name="contact"),
    path(f"{CONTACT}/made", contact_changes.contact_made, name="contact_made"),
    path(f"{CONTACT}/edit", contact_changes.contact_edit, name="contact_edit"),
    path(f"{CONTACT}/call-off", contact_changes.contact_call_off, name="contact_call_off"),
    path(f"{CONTACTS}/said-no/<int:person>", refusals.refusal_new, name="refusal_new"),
    path(f"{CONTACTS}/said-no/<int:pk>/end", refusals.refusal_end, name="refusal_end"),
    path(f"{FAMILY}/promises/new", promises.promise_new, name="promise_new"),
    path(f"{PROMISE}/edit", promises.promise_edit, name="promise_edit"),
    path(f"{PROMISE}/kept", promises.promise_kept, name="promise_kept"),
    path(f"{PROMISE}/give-up", promises.promise_give_up, name="promise_give_up"),
    path(QUESTIONS, questions.questions, name="questions"),
    path(f"{QUESTIONS}/new/<str:direction>", questions.question_new, name="question_new"),
    path(f"{QUESTIONS}/<int:pk>/edit", questions.question_edit, name="question_edit"),
    path(f"{QUESTIONS}/<int:pk>/answer", questions.question_answer, name="question_answer"),
    path(f"{TERMS}/new", influences.influence_new, name="influence_new"),
    path(f"{TERMS}/<int:pk>/edit", influences.influence_edit, name="influence_edit"),
    path(f"{TERMS}/<int:pk>/weigh", influences.influence_weigh, name="influence_weigh"),
    path(f"{TERMS}/<int:pk>/told", influences.influence_told, name="influence_told"),
]
