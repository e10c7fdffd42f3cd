"""Why the served installation does not start: one sentence each, with the way to mend it. Read before translations."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
SURE_SCHEMES = {"rediss", "amqps", "smtp+tls", "smtps"}
SURE_WAYS = "postgres://…?sslmode=verify-full, rediss://, amqps://, smtp+tls:// or smtps://"
KNOWN_PASSWORDS = {
    "admin", "changeme", "guest", "password", "postgres", "puente", "rabbitmq", "redis", "secret", "test",
}  # fmt: skip
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


def require_sure_line(variable: str, address: str, *, trusted: bool) -> None:
    """Raises ImproperlyConfigured when an address beyond this machine is reached in clear, or with a password that
    everybody knows. `trusted`: the operator vouches for the network between (PUENTE_TRUSTED_NETWORK)."""
    parts = urlsplit(address)
    if not address or parts.hostname in {None, "", *LOOPBACK}:
        return
    if parts.password is not None and parts.password in {"", parts.username, *KNOWN_PASSWORDS}:
        raise ImproperlyConfigured(f"{variable} holds a password that everybody knows. Set another one there and here.")
    is_sure = parts.scheme in SURE_SCHEMES
    if parts.scheme in {"postgres", "postgresql"}:
        is_sure = parse_qs(parts.query).get("sslmode") == ["verify-full"]
    if not is_sure and not trusted:
        raise ImproperlyConfigured(
            f"{variable} leads to {parts.hostname} without encryption that is checked. Use {SURE_WAYS}; or, where the "
            "network between is encrypted itself, set PUENTE_TRUSTED_NETWORK=1."
        )
