from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "scr_portal.audit"
    label = "audit"
