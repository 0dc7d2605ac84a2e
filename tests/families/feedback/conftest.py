from tests.scr_portal.guests.conftest import visitor  # noqa: F401
