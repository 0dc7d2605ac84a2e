"""What every answer tells the browser, errors, static files and downloads too (ASVS 5, 3.4)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_NOTHING = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOTHING),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # A page has one with nonces already; a file that a browser opens by itself may load nothing.
    "Content-Security-Policy": settings.FILE_POLICY,
}


class Headers:
    """The outermost, so that nothing that answers early goes without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
