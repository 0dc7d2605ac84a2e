import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scr_portal.settings")

application = get_wsgi_application()

# Every page's code, loaded before the first request and, with --preload, once for all workers. What
# has come by now stays to the end: the collector need not look at it again, nor a worker copy it.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
