from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "scr_portal.demonstration"
    label = "demonstration"
