from django.urls import include, path

from scr_portal import errors, health, pages

urlpatterns = [
    path("", include("reviews.urls")),
    path("", include("families.urls")),
    path("quality-markers/", include("quality_markers.urls")),
    path("people/", include("scr_portal.accounts.urls")),
    path("inbox/", include("scr_portal.notifications.urls")),
    path("drafts/", include("scr_portal.drafts.urls")),
    path("", include("scr_portal.guests.urls")),
    path("sign-in/", include("scr_portal.accounts.sign_in_urls")),
    path("health", health.health, name="health"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("privacy", pages.privacy, name="privacy"),
    path("cookies", pages.cookies, name="cookies"),
    path("your-boards/", pages.own_boards, name="own_boards"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
