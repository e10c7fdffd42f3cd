"""E-mail: by SMTP where EMAIL_URL says so, else each letter becomes a file in `PUENTE_VAR_DIR/mail`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import env

_var = Path(env.text("PUENTE_VAR_DIR", str(Path(__file__).resolve().parent.parent.parent / "var")))
_SECURITY = {"smtp": {}, "smtp+tls": {"use_tls": True}, "smtps": {"use_ssl": True}}
_SECONDS = 15  # the mail server may keep a worker waiting so long


def _mailer(url: str) -> dict[str, Any]:
    """`smtp+tls://user:password@host:587` as Django's MAILERS want it; `folder:` or nothing is the folder."""
    if url in {"", "folder:"}:
        return {"BACKEND": "lms.mailbox.FolderBackend", "OPTIONS": {"file_path": str(PUENTE_MAIL_DIR)}}
    parts = urlsplit(url)
    if parts.scheme not in _SECURITY or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read; write smtp+tls://user:password@host:587 (STARTTLS), smtps:// (TLS from the "
            "first byte), smtp:// (no encryption) or folder: (files), with special characters percent-encoded."
        )
    options: dict[str, Any] = {"host": parts.hostname, "timeout": _SECONDS, **_SECURITY[parts.scheme]}
    if parts.port:
        options["port"] = parts.port
    if parts.username:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


PUENTE_MAIL_DIR = _var / "mail"
PUENTE_MAIL_STAYS_HERE = env.text("EMAIL_URL") in {"", "folder:"}
"""Letters become files and reach nobody; only then are letters to people of the demonstration "sent"."""

MAILERS = {"default": _mailer(env.text("EMAIL_URL"))}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Puente <puente@puente.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
PUENTE_LETTER_PAUSE_SECONDS = env.number("PUENTE_LETTER_PAUSE_SECONDS", 30)
"""The pause after a letter's first failed try; each further pause is four times the last."""
