from django.apps import AppConfig


class GuestsConfig(AppConfig):
    name = "scr_portal.guests"
    label = "guests"
