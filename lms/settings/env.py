"""Reads the environment, with types; a value that cannot be read says which variable and what it should look like."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable as it stands, or `default` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int) -> int:
    """A whole number, or `default`."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number, such as {default}.") from None


def flag(name: str, default: bool = False) -> bool:
    """Whether the variable says yes: 1, true, yes, on."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def words(name: str, default: list[str]) -> list[str]:
    """A list, separated by commas."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def required(name: str) -> str:
    """A variable without which the installation must not start."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; the served installation needs it (see deploy/env.example).")
    return value
