from django.apps import AppConfig
from django.core.checks import Tags, register


class CoreConfig(AppConfig):
    name = "scr_portal.core"
    label = "core"

    def ready(self) -> None:
        from scr_portal.core.checks import row_level_security_holds

        register(Tags.database, deploy=True)(row_level_security_holds)
