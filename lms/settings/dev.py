"""The embedded installation that `make run` starts: one machine, SQLite, no server beside it."""

from __future__ import annotations

from django.core.management.utils import get_random_secret_key

from . import env
from .base import *  # noqa: F403
from .base import PUENTE_VAR_DIR

DEBUG = env.flag("DEBUG")


def _kept_secret_key() -> str:
    """The key made on first run, so that sessions outlive a restart; it never leaves the machine."""
    path = PUENTE_VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env.text("SECRET_KEY") or _kept_secret_key()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
WHITENOISE_USE_FINDERS = True
