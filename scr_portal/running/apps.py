from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "scr_portal.running"
    label = "running"
