from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "scr_portal.notifications"
    label = "notifications"
