"""Figures as people read them: withheld ones as [s], missing ones as a dash, and what each counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from people.bilingual import active

from ..metrics.registry import definition as definition_of

register = template.Library()
WITHHELD, MISSING = "[s]", "–"


@register.filter
def count(value: int | None) -> str:
    """1,500; [s] for a withheld count."""
    return WITHHELD if value is None else f"{value:,}"


@register.filter
def share(figure: Mapping[str, Any]) -> str:
    """66.8% of a figure {share, withheld}; with a no-break space in Spanish."""
    if figure["withheld"]:
        return WITHHELD
    if figure["share"] is None:
        return MISSING
    space = "\u00a0" if get_language() == "es" else ""
    return f"{100 * figure['share']:.1f}{space}%"


@register.filter
def of(part: int | None, whole: int | None) -> str:
    """The length of a bar, 0 to 100, as SVG reads it in every language."""
    return f"{100 * part / whole:.1f}" if part and whole else "0"


@register.simple_tag
def definition(metric: str) -> dict[str, str]:
    """A definition in the reader's language."""
    entry, place = definition_of(metric), int(active() == "es")
    fields = ("name", "numerator", "denominator", "population", "time", "caveat")
    return {"label": entry.label} | {field: getattr(entry, field)[place] for field in fields}
