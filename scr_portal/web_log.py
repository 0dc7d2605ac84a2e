from typing import Any

from gunicorn.glogging import Logger

from scr_portal.requests import without_secrets


class AccessLog(Logger):
    """gunicorn's own, without the parts of an address that open a page to whoever has them."""

    def atoms(self, *args: Any) -> dict[str, Any]:
        atoms = super().atoms(*args)
        return {
            key: without_secrets(value) if isinstance(value, str) else value
            for key, value in atoms.items()
        }
