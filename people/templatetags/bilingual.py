"""Template access to texts that lie side by side."""

from __future__ import annotations

from typing import Any

from django import template

from ..bilingual import choose, pick

register = template.Library()


@register.filter
def both(thing: Any, field: str) -> str:
    """`{{ course|both:"title" }}`: the title in the page's language."""
    return pick(thing, field)


@register.filter
def either(pair: dict[str, str]) -> str:
    """`{{ text|either }}`: the text of an `{en, es}` pair in the page's language."""
    return choose(pair)
