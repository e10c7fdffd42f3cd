"""The tests' settings: the same code on a throw-away folder, with fast password hashing.

Processes that tests start (a worker, a web server) read them too and inherit the environment, so what must be the same
on both sides is set there. Each process of pytest-xdist gets a folder and a queue of its own.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_part = os.environ.get("PYTEST_XDIST_WORKER", "")
if os.environ.get("PUENTE_TEST_PART") != f"part {_part}":
    os.environ["PUENTE_TEST_PART"] = f"part {_part}"
    os.environ["PUENTE_VAR_DIR"] = tempfile.mkdtemp(prefix="puente-test-")
    os.environ["PUENTE_QUEUE"] = Path(os.environ["PUENTE_VAR_DIR"]).name
os.environ |= {"PUENTE_JOB_STALE_SECONDS": "3", "PUENTE_SWEEP_SECONDS": "1", "PUENTE_LETTER_PAUSE_SECONDS": "1"}
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's synchronous calls run an event loop in this thread

from .base import *  # noqa: E402, F403
from .base import ACCOUNT_RATE_LIMITS, CACHES, DATABASES, PUENTE_RATE_LIMITS, PUENTE_VAR_DIR  # noqa: E402

SECRET_KEY = "only-for-tests"  # noqa: S105 (nothing is kept under it)
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = dict.fromkeys(ACCOUNT_RATE_LIMITS, "")  # all tests come from one address
PUENTE_RATE_LIMITS = dict.fromkeys(PUENTE_RATE_LIMITS, "")
CACHES["default"]["KEY_PREFIX"] = os.environ["PUENTE_QUEUE"]
PUENTE_STATE_SECONDS = 3600  # a test counts the queries of a page, and not those of the hour
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": Path(PUENTE_VAR_DIR) / "test.sqlite3"}
