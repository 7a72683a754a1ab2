"""Settings, all from the environment. See docs/reference/settings.md.

`PEELIAN_HOME`: where data, keys and files lie (default `var/` beside the project). `PEELIAN_DATABASE`: a URL,
`postgresql://user:password@host:5432/name` or `sqlite:////path/to/file`; SQLite under `PEELIAN_HOME` when unset.
"""

import os
from pathlib import Path

from peelian.config.database import database_from
from peelian.config.keys import secret_key_in
from peelian.config.sign_in import *  # noqa: F403  # a settings module is read by its names

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("PEELIAN_HOME") or ROOT.parent / "var").resolve()
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
PEELIAN_HOME = HOME

DEBUG = False
SECRET_KEY = secret_key_in(HOME)
HOSTS = os.environ.get("PEELIAN_HOSTS", "127.0.0.1,localhost,[::1]")
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("PEELIAN_ORIGINS", "").split(",") if o]
_HELD = os.environ.get("PEELIAN_INVESTIGATORS_HOLD", "").split(";")
PEELIAN_INVESTIGATORS_HOLD = frozenset(one.strip() for one in _HELD if one.strip())

PEELIAN_CLAMD = os.environ.get("PEELIAN_CLAMD", "")
PEELIAN_CLAMD_MOST_MB = int(os.environ.get("PEELIAN_CLAMD_MOST_MB") or 100)
PEELIAN_FILE_MOST_MB = int(os.environ.get("PEELIAN_FILE_MOST_MB") or 1000)
PEELIAN_WASHES = Path(os.environ.get("PEELIAN_WASHES") or HOME / "washes")
PEELIAN_WASH_ENGINE = os.environ.get("PEELIAN_WASH_ENGINE") or "duckdb"
if PEELIAN_WASH_ENGINE not in ("duckdb", "spark"):
    raise ValueError(f"PEELIAN_WASH_ENGINE must be 'duckdb' or 'spark', not {PEELIAN_WASH_ENGINE!r}")
PEELIAN_SPARK_MASTER = os.environ.get("PEELIAN_SPARK_MASTER", "")
PEELIAN_SPARK_FOLDER = Path(os.environ["PEELIAN_SPARK_FOLDER"]) if os.environ.get("PEELIAN_SPARK_FOLDER") else None

INSTALLED_APPS = [
    "peelian.journal",
    "peelian.walls",
    "peelian.search",
    "peelian.intake",
    "peelian.people",
    "peelian.matches",
    "peelian.matters",
    "peelian.clocks",
    "peelian.contact",
    "peelian.evidence",
    "peelian.investigations",
    "peelian.decisions",
    "peelian.lookback",
    "peelian.retention",
    "peelian.sampling",
    "peelian.calibration",
    "peelian.recommendations",
    "peelian.returns",
    "peelian.proceedings",
    "peelian.vetting",
    "peelian.publish",
    "peelian.disclosure",
    "peelian.jobs",
    "peelian.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "peelian.web.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "peelian.web.middleware.viewer",
]

ROOT_URLCONF = "peelian.config.urls"
WSGI_APPLICATION = "peelian.config.wsgi.application"
DATABASES = {"default": database_from(os.environ.get("PEELIAN_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "walls.User"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "peelian.web.environment.environment",
            "context_processors": ["peelian.web.context.shared"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "web" / "sign_in" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peelian.web.context.shared",
            ]
        },
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # may stay empty: the assets are served from the package by the finders below
STATICFILES_DIRS = [ROOT / "web" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_HANDLERS = ["peelian.web.loads.uploads.Incoming"]
FILE_UPLOAD_TEMP_DIR = HOME / "uploads"  # what is loaded is personal: it never lies in the machine's /tmp
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
CSRF_FAILURE_VIEW = "peelian.web.errors.csrf_failure"
# Shared by all worker processes, so that the lockout of an account counts every attempt.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
