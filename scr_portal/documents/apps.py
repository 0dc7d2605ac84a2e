from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "scr_portal.documents"
    label = "documents"
