from django.urls import path

from families.involvement.views import (
    deciding,
    proceedings,
    safety,
    support,
    taking_part,
    waiving,
)

BASE = "<uuid:review>/family/taking-part"
PERSON = f"{BASE}/people/<int:person>"

urlpatterns = [
    path(BASE, taking_part.involvement, name="involvement"),
    path(f"{BASE}/none/<str:group>", deciding.group_note, name="group_note"),
    path(PERSON, taking_part.involved, name="involved"),
    path(f"{PERSON}/decide", deciding.inclusion_new, name="inclusion_new"),
    path(f"{BASE}/decisions/<int:pk>/disagree", deciding.disagree, name="disagree"),
    path(f"{PERSON}/proceedings", proceedings.standing_new, name="standing_new"),
    path(f"{BASE}/proceedings/<int:pk>", proceedings.standing_edit, name="standing_edit"),
    path(f"{PERSON}/officer", proceedings.consultation_new, name="consultation_new"),
    path(f"{PERSON}/safety", safety.safety_edit, name="safety_edit"),
    path(f"{PERSON}/safety/why", safety.safety_reason, name="safety_reason"),
    path(f"{BASE}/apart", safety.apart_new, name="apart_new"),
    path(f"{BASE}/apart/<int:pk>/end", safety.apart_end, name="apart_end"),
    path(f"{PERSON}/support", support.support_new, name="support_new"),
    path(f"{BASE}/support/<int:pk>", support.support_edit, name="support_edit"),
    path(f"{BASE}/support/<int:pk>/to/<str:state>", support.support_move, name="support_move"),
    path(f"{BASE}/waive/<str:about>", waiving.family_waive, name="family_waive"),
    path(f"{BASE}/waivers/<int:pk>/end", waiving.family_waiver_end, name="family_waiver_end"),
]
