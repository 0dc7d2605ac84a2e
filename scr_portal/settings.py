from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from scr_portal import env
from scr_portal.core.acting import ActingCursor
from scr_portal.wiring import CONTRIBUTIONS as CONTRIBUTIONS

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG")
# Invented people, second factor not demanded, mail to the log. Never with real cases.
DEMONSTRATION = env.flag("DEMONSTRATION")
SECRET_KEY = env.text("SECRET_KEY")
# The first key writes, all of them read: prepend a new one to rotate.
FIELD_ENCRYPTION_KEYS = env.words("FIELD_ENCRYPTION_KEYS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# Links in mail are made in the worker, where there is no request to take the host from.
PORTAL_URL = env.text("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "scr_portal.core",
    "scr_portal.accounts",
    "scr_portal.audit",
    "scr_portal.notifications",
    "scr_portal.drafts",
    "scr_portal.documents",
    "scr_portal.guests",
    "reviews",
    "families",
    "quality_markers",
    "scr_portal.demonstration",
    "scr_portal.running",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "scr_portal.headers.Headers",
    "scr_portal.requests.RequestReference",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reviews.acting.Acting",
    "scr_portal.accounts.middleware.SessionLimits",
    "scr_portal.accounts.middleware.SecondFactor",
    "scr_portal.accounts.middleware.NoStore",
    "scr_portal.refusals.Refusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "scr_portal.errors.LostKey",
]

ROOT_URLCONF = "scr_portal.urls"
WSGI_APPLICATION = "scr_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "scr_portal.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "scr_portal.core.forms.PortalRenderer"

# --- PostgreSQL carries everything; Valkey carries only what may be lost -------------------------

DATABASE = env.database()
# By PgBouncer or the like, which gives each transaction another connection: neither keep one for
# longer, nor have it plan anything for later (core/prepared.py).
DATABASE_POOLED = env.flag("DATABASE_POOLED")
DATABASES = {
    "default": {
        **DATABASE,
        "CONN_MAX_AGE": 0 if DATABASE_POOLED else 600,
        "CONN_HEALTH_CHECKS": True,
        # Each statement says for whom it acts; DECLARE CURSOR has no room for that, nor has a pool
        # of connections for cursors.
        "OPTIONS": {**DATABASE.get("OPTIONS", {}), "cursor_factory": ActingCursor},
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
# Holds the brakes on guessing alone. In the database, so that signing in does not hang on Valkey,
# and so that whoever empties Valkey has not taken the brakes off.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "scr_portal.accounts.session_store"

CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
# A nudge that cannot reach the broker must not hold up the page: one try, a second at most, and the
# sweeper finds the row.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 30,
    "max_retries": 0,
    "connect_retries_timeout": 1,
}
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULER = "scr_portal.notifications.heartbeat:Scheduler"
# Messages that nobody took are not worth keeping: the next tick finds the same rows.
CELERY_BEAT_SCHEDULE = {
    name: {"task": task, "schedule": timedelta(seconds=seconds), "options": {"expires": seconds}}
    for name, task, seconds in [
        ("sweep", "scr_portal.notifications.tasks.sweep", 15),
        ("digests", "scr_portal.notifications.tasks.digests", 600),
        ("reminders", "reviews.case.tasks.remind", 30),
        ("pauses", "reviews.case.tasks.carry", 600),
        ("rounds of comments", "reviews.scoping.terms.tasks.close_rounds", 600),
        ("asked", "reviews.case.tasks.chase", 60),
        ("emergencies", "reviews.emergency.tasks.sweep", 60),
        ("anchors", "scr_portal.audit.tasks.anchor", 600),
        ("exports", "quality_markers.exports.tasks.sweep", 15),
        ("documents", "scr_portal.documents.tasks.sweep", 15),
        ("unnamed files", "scr_portal.documents.tasks.remove_unnamed", 3600),
        ("drafts", "scr_portal.drafts.tasks.purge", 3600),
        ("guests", "scr_portal.guests.tasks.sweep", 15),
        ("guest drafts", "scr_portal.guests.tasks.purge", 3600),
        ("sessions", "scr_portal.accounts.tasks.clear_sessions", 3600),
        ("attempts", "scr_portal.accounts.tasks.tell_of_attempts", 60),
        ("end of keeping", "reviews.retention.tasks.sweep", 30),
        ("what goes by itself", "reviews.retention.tasks.purge", 3600),
    ]
}

# Where the heads of the history are written down each day, beyond the reach of whoever has the
# database (docs/running.md): file:///folder, s3://bucket/prefix or mailto:address. Empty: nowhere.
AUDIT_ANCHOR = env.text("AUDIT_ANCHOR", "")
# Signs those files. It is kept apart from the database, and is needed to check them.
AUDIT_ANCHOR_KEY = env.text("AUDIT_ANCHOR_KEY", "")
AUDIT_ANCHOR_HOURS = int(env.text("AUDIT_ANCHOR_HOURS", "24"))

# --- who signs in, and how long it lasts ---------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "reviews.backends.SignInBackend",
    "reviews.backends.RefusalBackend",
    "reviews.backends.BoardRoleBackend",
    "reviews.backends.ReviewRoleBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "scr_portal.accounts.passwords.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "scr_portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# No mail to addresses that nobody has here, and the same answer for both.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# "Your password was changed" and the like go to the person at once.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Five wrong passwords of one account in five minutes, whether it exists or not; a whole office
# may sit behind one address. Five more of somebody inside who is asked for it again ("confirm").
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "50/5m/ip,5/5m/key",
    "confirm": "5/5m/user",
}
# Seconds: whoever asks for a new password is at their mail now.
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_FORMS = {"change_password": "scr_portal.accounts.forms.ChangePasswordForm"}
# How many proxies of ours stand in front: the visitor's address is that many from the right.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("TRUSTED_PROXY_COUNT", "0"))
MFA_ADAPTER = "scr_portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "SCR Portal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMONSTRATION
MFA_FORMS = {
    "authenticate_webauthn": "scr_portal.accounts.passkey_forms.AuthenticateForm",
    "reauthenticate_webauthn": "scr_portal.accounts.passkey_forms.ReauthenticateForm",
    "add_webauthn": "scr_portal.accounts.passkey_forms.AddForm",
}
SECOND_FACTOR_DEMANDED = not DEMONSTRATION

ANONYMOUS_USER_NAME = None
# guardian looks for its own backend by name; ours (reviews/backends.py) is made from it.
# The folder for uploads is made when the first one comes.
SILENCED_SYSTEM_CHECKS = ["guardian.W001", "files.E001"]

SESSION_IDLE_SECONDS = 20 * 60
SESSION_WARN_SECONDS = 18 * 60
SESSION_ABSOLUTE_SECONDS = 10 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Not in a cookie of their own, which would have no __Host- and keep our words in the browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- over the wire -------------------------------------------------------------------------------

# Plain http is for the demonstration on this machine's own loopback and for tests alone.
_TLS = not (DEBUG or DEMONSTRATION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SESSION_COOKIE_NAME = "__Host-session" if _TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrftoken" if _TLS else "csrftoken"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "scr_portal.errors.csrf_failure"
SECURE_SSL_REDIRECT = _TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _TLS
SECURE_HSTS_PRELOAD = _TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
# Should a browser show a file by itself: no script, no form, no frame, and nothing fetched.
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Files are no part of the limit above: the handler lets them in where a view asks for them, up to
# 100 MB each.
FILE_UPLOAD_HANDLERS = ["scr_portal.documents.uploads.UploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# --- mail: counts, references and links; never case content --------------------------------------

vars().update(env.mail())
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "SCR Portal <portal@example.org>")
EMAIL_TIMEOUT = 20

# --- words, dates, files -------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "scr_portal" / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / ".state" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# The bytes of documents, unless a bucket is named. It belongs to one database: files that no row
# of it names are removed after a day.
DOCUMENTS_ROOT = Path(env.text("DOCUMENTS_ROOT", str(BASE_DIR / ".state" / "documents")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    "documents": env.documents(DOCUMENTS_ROOT),
}
# An upload on its way lies on the same disk, never on a /tmp that is memory.
FILE_UPLOAD_TEMP_DIR = DOCUMENTS_ROOT / "uploads"
# The socket of ClamAV's daemon, as unix:/run/clamav/clamd.ctl or tcp://clamav:3310. Without one
# files are let in by their content alone, and each of them is marked as not scanned.
CLAMAV_SOCKET = env.text("CLAMAV_SOCKET", "")

# The fonts for PDFs are read from the disk and never sent; squeezing them takes half a minute.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "reference": {"()": "scr_portal.requests.ReferenceFilter"},
        "wordless": {"()": "scr_portal.requests.WordlessFilter"},
    },
    "formatters": {
        "line": {
            "()": "scr_portal.requests.LineFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(reference)s %(message)s",
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["reference"],
            "formatter": "line",
        }
    },
    "loggers": {"celery.app.trace": {"filters": ["wordless"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
