"""Settings, read from the environment only. README has the table of what may be set."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portfolio.letterhead import colour, picture

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "data"

env = environ.Env()

# DEBUG=true (the default) is a trial on one's own machine: demo logins, plain http, no SECRET_KEY to set.
# Even there people meet the product's own error pages; Django's tracebacks in the browser are asked for by themselves.
IS_TRIAL = env.bool("DEBUG", default=True)
DEBUG = IS_TRIAL and env.bool("TRACEBACKS", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not IS_TRIAL:
        raise ImproperlyConfigured(
            "SECRET_KEY mangler. Sæt miljøvariablen SECRET_KEY til en lang, tilfældig tekst, når DEBUG=false."
        )
    SECRET_KEY = "only-for-development-" + "x" * 40

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if IS_TRIAL else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The municipality, printed on papers and pages.
SITE_MUNICIPALITY = env.str("SITE_MUNICIPALITY", default="Hedensted Kommune")
# What its papers carry at the top: a picture (PNG, JPEG or SVG), the colour of headings, an address.
SITE_LOGO = picture(env.str("SITE_LOGO", default=""))
SITE_COLOUR = colour(env.str("SITE_COLOUR", default=""))
SITE_ADDRESS = env.str("SITE_ADDRESS", default="")
# KLE subject - facet - serial - year; other case systems write theirs in another way.
CASE_NUMBER_PATTERN = env.str("CASE_NUMBER_PATTERN", default=r"^\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-[1-9]\d{0,5}-\d{2}$")
# Whether search engines may find the pages that anyone may read.
SEARCH_ENGINES = env.bool("SEARCH_ENGINES", default=False)
# Counts of people below this are protected in public editions, unless the secretary chooses otherwise.
SMALL_COUNT_THRESHOLD = env.int("SMALL_COUNT_THRESHOLD", default=5)
if SMALL_COUNT_THRESHOLD not in {3, 5, 10}:
    raise ImproperlyConfigured("SMALL_COUNT_THRESHOLD skal være 3, 5 eller 10.")
# Where people reach the product, for links in mails and calendars.
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")
# Days of the year that are nobody's working days though no public holidays: day.month.
CLOSED_DAYS = env.list("CLOSED_DAYS", default=["5.6", "24.12", "31.12"])

INSTALLED_APPS = [
    "projects",
    "reports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # After our apps, so that templates/django/forms/ wins over Django's own.
    "django.forms",
    "django_filters",
    "django_htmx",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portfolio.urls"
WSGI_APPLICATION = "portfolio.wsgi.application"

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
                "csp.context_processors.nonce",
                "projects.context_processors.site",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portfolio.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock when a transaction begins, so that read-check-write is one step;
    # with SQLite's default two writers both read, and one of them fails.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # PostgreSQL takes a list's many small subqueries for a long calculation and compiles it for longer than it runs.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "projects.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "account:login"

# Guessing is slowed per account and address together, so that a stranger cannot lock a colleague out from elsewhere.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=8 * 60 * 60)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_TRIAL
# Keeps the text of a long form whose token grew old; otherwise Django's own page.
CSRF_FAILURE_VIEW = "projects.views.kept_forms.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not IS_TRIAL:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    # A supervisor asks over plain HTTP from inside.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Preloading binds the whole domain, which is not ours to bind: the product lives on one host below it.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]

# Strict from the first day: no inline script, no inline style but the one nonce plotly needs, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk")]
LOCALE_PATHS = [BASE_DIR / "portfolio" / "locale"]
FORMAT_MODULE_PATH = ["portfolio.formats"]
USE_I18N = True
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
# Thousand dots only where a filter asks for them: years and ids must stay bare.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TRIAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Served from static/ as they lie there, so that a trial need not collect them first.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = IS_TRIAL
# Attachments lie outside the web root; only a view that checks rights hands them out.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(DATA_DIR / "media"))
# A forecast this far from the budget, by both, is explained in writing at month-end.
DEVIATION_PERCENT = env.int("DEVIATION_PERCENT", default=10)
DEVIATION_KRONER = env.int("DEVIATION_KRONER", default=10_000)
# Ledger files: larger ones than the first are loaded by the command, larger than the second not at all.
LEDGER_UPLOAD_MB = env.int("LEDGER_UPLOAD_MB", default=25)
LEDGER_FILE_MB = env.int("LEDGER_FILE_MB", default=500)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# What is larger than any file here is thrown away as it comes in; each kind of file has a limit of its own below it.
UPLOAD_MAX_BYTES = 30 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "projects.uploads.CutOffHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# The most signs of each text of a status. The whole text is only ever limited by what a form takes.
TEXT_LIMITS = {
    "summary_manager": env.int("SUMMARY_MANAGER_LIMIT", default=800),
    "summary_short": env.int("SUMMARY_SHORT_LIMIT", default=280),
}
# Papers are made by a program of their own (`manage.py run_worker`), which takes its orders from the database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What one paper may cost: seconds on the clock, and memory beyond what the program has at rest.
PAPER_SECONDS = env.int("PAPER_SECONDS", default=180)
PAPER_MEGABYTES = env.int("PAPER_MEGABYTES", default=1024)

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="geninvestering@localhost")
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
# A mail server that hangs must not hold the queue.
EMAIL_TIMEOUT = 30

# Who knows the day a month's note is dated: a function of meetings' ids. The notes are another app's than the statuses.
NOTE_DATES = "reports.queries.note_dates.note_dates"

# R20: so many months without a status, after their deadlines, before it is said that a project is silent.
MONTHS_WITHOUT_STATUS = max(1, env.int("MONTHS_WITHOUT_STATUS", default=1))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
