from typing import Any

from gunicorn.glogging import Logger

from scr_portal.requests import LineFormatter, without_query, without_secrets


class AccessLog(Logger):
    """gunicorn's own, without what was looked for and what opens a page to whoever has it."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LineFormatter(self.error_fmt, self.datefmt))

    def atoms(self, *args: Any) -> dict[str, Any]:
        atoms = super().atoms(*args) | {"q": ""}
        return {
            key: without_query(without_secrets(value)) if isinstance(value, str) else value
            for key, value in atoms.items()
        }
