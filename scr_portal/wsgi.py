import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scr_portal.settings")

application = get_wsgi_application()

# Needs the applications, so not at the top.
from scr_portal import forking  # noqa: E402

# Before the first request and, with --preload, once for all workers.
forking.load_pages()
