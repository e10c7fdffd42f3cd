"""The served installation: everything that matters comes from the environment, and what is missing or unsafe is said
at once."""

from __future__ import annotations

from . import env, refusing
from .base import *  # noqa: F403
from .base import PUENTE_BASE_URL, PUENTE_ISSUER_FILE, PUENTE_TRUSTED_PROXIES, STORAGES

PUENTE_IS_SERVED = True
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.required("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])
env.required("EMAIL_URL")  # read in mail.py: without it letters, and the links in them, would pile up in a folder
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [])

refusing.require_debug_off(DEBUG)
for _key in (SECRET_KEY, *SECRET_KEY_FALLBACKS):
    refusing.require_good_key(_key)
refusing.require_hosts(ALLOWED_HOSTS)
refusing.require_https(PUENTE_BASE_URL)
refusing.require_issuer(PUENTE_ISSUER_FILE)
for _name in ("DATABASE_URL", "CELERY_BROKER_URL", "REDIS_URL", "EMAIL_URL"):
    refusing.require_sure_line(_name, env.text(_name), trusted=env.flag("PUENTE_TRUSTED_NETWORK"))

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PUENTE_TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # a load balancer asks inside the house
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading binds a whole domain for years: its owner decides
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-puente-session", "__Host-puente-csrf"
LANGUAGE_COOKIE_NAME = "__Host-puente-language"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
