"""Small parts of the look: icons, dates as people write them, shares."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
ICONS = Path(__file__).parent.parent / "static" / "puente" / "icons"


@cache
def _drawing(name: str) -> str:
    markup = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    match = re.search(r"<svg[^>]*>(.*)</svg>", markup, re.DOTALL)
    return match[1] if match else ""


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the house, inline and silent: a word stands beside it."""
    css = f"icon {classes}".strip()
    return mark_safe(f'<svg class="{css}" viewBox="0 0 24 24" aria-hidden="true">{_drawing(name)}</svg>')  # noqa: S308 (files of the house)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """October 9, 2026 · 9 de octubre de 2026."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "j \\d\\e F \\d\\e Y" if get_language() == "es" else "F j, Y")


@register.filter
def clock_time(value: dt.datetime | None) -> str:
    """14:05, in the time zone of the installation."""
    return "" if value is None else f"{timezone.localtime(value):%H:%M}"


@register.filter
def percent(value: object) -> str:
    """67% · 67 % (with a no-break space in Spanish)."""
    text = f"{float(str(value)):.0f}" if value not in (None, "") else ""
    return text and (f"{text}\u00a0%" if get_language() == "es" else f"{text}%")


@register.filter
def share_of(part: int, whole: int) -> int:
    """The share in whole percent; 0 of nothing is 0."""
    return round(100 * part / whole) if whole else 0


@register.filter
def heat(value: int) -> int:
    """The step of the heat scale: 0 under 40, 1 under 60, 2 under 75, 3 under 85, 4 under 95, 5 from 95 on."""
    return sum(value >= limit for limit in (40, 60, 75, 85, 95))


@register.filter
def cut_words(text: str) -> list[str]:
    """`"xlsx csv"|cut_words`: the words of a text."""
    return text.split()
