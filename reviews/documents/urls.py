from django.urls import path

from reviews.documents import views

urlpatterns = [
    path("<uuid:review>/documents", views.documents, name="documents"),
    path("<uuid:review>/documents/new", views.document_new, name="document_new"),
    path("<uuid:review>/documents/<int:document>", views.document, name="document"),
    path("<uuid:review>/documents/<int:document>/edit", views.document_edit, name="document_edit"),
    path(
        "<uuid:review>/documents/<int:document>/version",
        views.document_version_new,
        name="document_version_new",
    ),
    path(
        "<uuid:review>/documents/<int:document>/withdraw",
        views.document_withdraw,
        name="document_withdraw",
    ),
    path(
        "<uuid:review>/documents/<int:document>/put-back",
        views.document_put_back,
        name="document_put_back",
    ),
    path(
        "<uuid:review>/documents/<int:document>/<int:number>",
        views.document_download,
        name="document_download",
    ),
    path(
        "<uuid:review>/documents/<int:document>/<int:number>/original",
        views.document_original,
        name="document_original",
    ),
]
