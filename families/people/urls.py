from django.urls import path

from families.people.views import households, network, register, relations

urlpatterns = [
    path("<uuid:review>/family", register.people, name="people"),
    path("<uuid:review>/family/new", register.person_new, name="person_new"),
    path("<uuid:review>/family/<int:pk>", register.person, name="person"),
    path("<uuid:review>/family/<int:pk>/edit", register.person_edit, name="person_edit"),
    path("<uuid:review>/family/<int:pk>/details", register.person_details, name="person_details"),
    path("<uuid:review>/family/<int:pk>/remove", register.person_remove, name="person_remove"),
    path("<uuid:review>/family/network", network.network, name="network"),
    path("<uuid:review>/family/network/pdf", network.network_pdf, name="network_pdf"),
    path("<uuid:review>/family/relations/new", relations.relation_new, name="relation_new"),
    path(
        "<uuid:review>/family/relations/<int:pk>/edit",
        relations.relation_edit,
        name="relation_edit",
    ),
    path(
        "<uuid:review>/family/relations/<int:pk>/end", relations.relation_end, name="relation_end"
    ),
    path(
        "<uuid:review>/family/relations/<int:pk>/remove",
        relations.relation_remove,
        name="relation_remove",
    ),
    path("<uuid:review>/family/households", households.households, name="households"),
    path("<uuid:review>/family/households/new", households.household_new, name="household_new"),
    path("<uuid:review>/family/households/<int:pk>", households.household, name="household"),
    path(
        "<uuid:review>/family/households/<int:pk>/edit",
        households.household_edit,
        name="household_edit",
    ),
    path(
        "<uuid:review>/family/households/<int:pk>/remove",
        households.household_remove,
        name="household_remove",
    ),
    path("<uuid:review>/family/livings/new", households.living_new, name="living_new"),
    path("<uuid:review>/family/livings/<int:pk>/end", households.living_end, name="living_end"),
    path(
        "<uuid:review>/family/livings/<int:pk>/remove",
        households.living_remove,
        name="living_remove",
    ),
]
