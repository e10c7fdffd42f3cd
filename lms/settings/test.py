"""The tests' settings: the same code on a throw-away folder, with fast password hashing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("PUENTE_VAR_DIR", tempfile.mkdtemp(prefix="puente-test-"))

from .base import *  # noqa: E402, F403
from .base import DATABASES, PUENTE_VAR_DIR  # noqa: E402

SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS: dict[str, str] = {}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": Path(PUENTE_VAR_DIR) / "test.sqlite3"}
