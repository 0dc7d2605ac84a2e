"""Web addresses as evidence: kept and shown, never fetched."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused

LONGEST = 1000

_valid = URLValidator(schemes=["https"])


def checked(address: str) -> str:
    """Raises Refused for anything but a plain https address."""
    address = address.strip()
    try:
        _valid(address)
        parts = urlsplit(address)
    except (ValidationError, ValueError):
        raise Refused(_("Enter a web address that begins with https://.")) from None
    if parts.username or parts.password:
        raise Refused(_("Take the name and the password out of the address."))
    if len(address) > LONGEST:
        raise Refused(_("An address can hold 1,000 characters."))
    return address


def host(address: str) -> str:
    """What a reader is told before they follow it."""
    return urlsplit(address).hostname or ""
