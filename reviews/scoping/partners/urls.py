from django.urls import path

from reviews.scoping.partners import views

urlpatterns = [
    path("<uuid:review>/partners", views.partners, name="partners"),
    path("<uuid:review>/partners/new", views.partner_new, name="partner_new"),
    path("<uuid:review>/partners/<int:pk>/edit", views.partner_edit, name="partner_edit"),
    path("<uuid:review>/partners/<int:pk>/end", views.partner_end, name="partner_end"),
]
