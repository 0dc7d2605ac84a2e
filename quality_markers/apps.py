from django.apps import AppConfig


class QualityMarkersConfig(AppConfig):
    name = "quality_markers"
