"""Picks the text of the reader's language from a pair that lies side by side."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("en", "es")


def active() -> str:
    """The language of the page: `en` or `es`."""
    language = (get_language() or "en")[:2]
    return language if language in LANGUAGES else "en"


def other(language: str) -> str:
    """The counterpart of a language."""
    return "es" if language == "en" else "en"


def pick(thing: Any, field: str, language: str | None = None) -> str:
    """`field_en` or `field_es` of an object or a mapping; the other language where one is empty."""
    language = language or active()
    for code in (language, other(language)):
        name = f"{field}_{code}"
        value = thing.get(name) if isinstance(thing, dict) else getattr(thing, name, "")
        if value:
            return str(value)
    return ""


def choose(pair: dict[str, str], language: str | None = None) -> str:
    """The text of `{en, es}` in the language."""
    language = language or active()
    return pair.get(language) or pair.get(other(language)) or ""
