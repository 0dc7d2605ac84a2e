from django.urls import path

from quality_markers.exports import views

urlpatterns = [
    path("<uuid:review>/<int:number>/export", views.export_new, name="export_new"),
    path("<uuid:review>/<int:number>/marker/<int:marker>.pdf", views.marker_pdf, name="marker_pdf"),
    path("<uuid:review>/exports/", views.exports, name="exports"),
    path("<uuid:review>/exports/<int:pk>", views.export, name="export"),
    path("<uuid:review>/exports/<int:pk>/status", views.export_status, name="export_status"),
    path("<uuid:review>/exports/<int:pk>/download", views.export_download, name="export_download"),
]
