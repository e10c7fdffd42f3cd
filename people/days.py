"""Days as people write them, in the reader's language. The one place for how a day looks in a sentence."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language


def day_in_words(day: dt.date) -> str:
    """October 9, 2026 · 9 de octubre de 2026."""
    return date_format(day, "j \\d\\e F \\d\\e Y" if get_language() == "es" else "F j, Y")


def iso_day_in_words(text: str) -> str:
    """The same of a day or moment in ISO 8601, such as a letter holds."""
    return day_in_words(dt.date.fromisoformat(text[:10]))
