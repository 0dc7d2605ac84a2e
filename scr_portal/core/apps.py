from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "scr_portal.core"
    label = "core"
