from django.urls import path

from reviews.planning.parallel import views

urlpatterns = [
    path("<uuid:review>/parallel", views.parallel, name="parallel"),
    path("<uuid:review>/parallel/new", views.parallel_new, name="parallel_new"),
    path("<uuid:review>/parallel/<int:pk>/edit", views.parallel_edit, name="parallel_edit"),
    path("<uuid:review>/parallel/<int:pk>/end", views.parallel_end, name="parallel_end"),
]
