from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "scr_portal.drafts"
    label = "drafts"
