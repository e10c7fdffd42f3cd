"""Why the served installation does not start: one sentence each, with the way to mend it. Read before translations."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY, FEWEST_CHARACTERS = 50, 16
_MAKE_ONE = "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'"


def require_debug_off(debug: bool) -> None:
    """Raises ImproperlyConfigured when error pages would show the source."""
    if debug:
        raise ImproperlyConfigured("DEBUG is on; its error pages show settings and data. Remove DEBUG.")


def require_good_key(key: str) -> None:
    """Raises ImproperlyConfigured for a key that somebody could guess or read in a repository."""
    lower = key.lower()
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        raise ImproperlyConfigured(f"SECRET_KEY is too short or too simple. {_MAKE_ONE}")
    if "insecure" in lower or "changeme" in lower or "only-for-tests" in lower:
        raise ImproperlyConfigured(f"SECRET_KEY is one of an example or a test. {_MAKE_ONE}")


def require_hosts(hosts: list[str]) -> None:
    """Raises ImproperlyConfigured when any name, or none, leads here."""
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is empty. Name this server, such as ALLOWED_HOSTS=puente.example.")
    if any(host in {"*", "."} for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS lets any name in. Name this server instead of *.")


def require_https(address: str) -> None:
    """Raises ImproperlyConfigured when links and certificates would lead to an open line."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise ImproperlyConfigured(
            f"PUENTE_BASE_URL is {address!r}; it stands in certificates and must begin with https://, "
            "such as https://puente.example."
        )


def require_issuer(file: str) -> None:
    """Raises ImproperlyConfigured when certificates would be signed by the development issuer."""
    if not file or not Path(file).is_file():
        raise ImproperlyConfigured(
            f"PUENTE_ISSUER_FILE is {file!r}, which is no file: certificates would be specimens. Name the issuer's "
            "PKCS#12 file, and its password in PUENTE_ISSUER_PASSWORD."
        )
