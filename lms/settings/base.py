"""What holds for every installation of Puente."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from . import env
from .celery import *  # noqa: F403
from .entrance import *  # noqa: F403
from .mail import *  # noqa: F403
from .safety import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PUENTE_VAR_DIR = Path(env.text("PUENTE_VAR_DIR", str(BASE_DIR / "var")))
PUENTE_PRIVATE_DIR = PUENTE_VAR_DIR / "private"
PUENTE_ACCEL_PREFIX = env.text("PUENTE_ACCEL_PREFIX")  # an internal location of the web server over the private folder
PUENTE_KEYS_DIR = PUENTE_VAR_DIR / "keys"
PUENTE_ISSUER_FILE = env.text("PUENTE_ISSUER_FILE")
PUENTE_ISSUER_PASSWORD = env.text("PUENTE_ISSUER_PASSWORD") or None
PUENTE_TSA_URL = env.text("PUENTE_TSA_URL")
"""A time-stamping authority (RFC 3161); without one, signatures carry no time stamp."""
PUENTE_CONTENT_DIR = BASE_DIR / "lms" / "content"
PUENTE_BASE_URL = env.text("PUENTE_BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "lms.home",
    "lms",
    "reports",
    "certificates",
    "curricula",
    "courses",
    "jobs",
    "people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "lms.wagtail_users.PeopleAdministrationConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lms.security_log.SecurityLogMiddleware",
    "lms.middleware.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lms.middleware.ContentSecurityPolicyMiddleware",
    "lms.middleware.KnownMethodsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.middleware.NothingKeptMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "lms.middleware.RequestSizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.middleware.IdleLockMiddleware",
    "people.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # `lms` stands before Wagtail and django-allauth, so its templates are found first
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.navigation.navigation",
            ],
        },
    },
]

# Data -----------------------------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;PRAGMA cache_size=-64000;"
        "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASES: dict[str, Any]
_database_url = env.text("DATABASE_URL")
if _database_url:
    DATABASES = {"default": dj_database_url.parse(_database_url, conn_max_age=60, conn_health_checks=True)}
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        INSTALLED_APPS.append("django.contrib.postgres")
else:
    PUENTE_VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": PUENTE_VAR_DIR / "puente.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": 60,
        }
    }

_redis_url = env.text("REDIS_URL")
if _redis_url:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis_url}}
else:
    CACHES = {
        "default": {"BACKEND": "lms.shared_cache.SharedFileCache", "LOCATION": str(PUENTE_VAR_DIR / "cache.sqlite3")}
    }

# Languages ------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
FORMAT_MODULE_PATH = "lms.formats"
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "people.backends.RolesOfToday",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "people.passwords.GuessableValidator"},
]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_learning"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
PUENTE_INVITATION_DAYS = env.number("PUENTE_INVITATION_DAYS", 14)
PUENTE_SEAT_HOLD_DAYS = env.number("PUENTE_SEAT_HOLD_DAYS", 14)
PUENTE_LAPSE_AFTER_DAYS = env.number("PUENTE_LAPSE_AFTER_DAYS", 30)  # 0: enrollments never lapse
PUENTE_STATE_SECONDS = 30  # how long a page may say of the demonstration what is no longer so

# Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = PUENTE_VAR_DIR / "static"
STATICFILES_FINDERS = [
    "lms.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = PUENTE_VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Browser --------------------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

# Wagtail --------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Puente"
WAGTAILADMIN_BASE_URL = PUENTE_BASE_URL
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.publication.finish_workflow"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False  # the pages under account/ do that
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nothing is asked of strangers

# Slots: what a lower room asks of a higher one, closed by default --------------------------------------------------

COURSES_RECORD_SLOT = "curricula.access.open_record"
COURSES_RECORDS_SLOT = "curricula.access.open_records"
COURSES_CLOSING_SLOT = "curricula.access.closing_day"
CURRICULA_HOLDERS_SLOT = "certificates.selectors.holders"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "bare": {"format": "%(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "security": {"class": "logging.StreamHandler", "formatter": "bare"},
    },
    "loggers": {"puente.security": {"handlers": ["security"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
