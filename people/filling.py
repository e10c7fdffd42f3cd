"""Parts of pages that differ between readers only in a few words: rendered once in each language, then filled in.

What goes into a hole is escaped like any value of a template. The marks of the holes are drawn at the start of the
process, so that no text can hold one by chance or intent.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_SEAL = secrets.token_hex(16)
_HOLE = re.compile(f"{_SEAL}([a-z_]+){_SEAL}")


def filled(template: str, *, holes: Mapping[str, Any], **fixed: Hashable) -> SafeString:
    """The template with `fixed` in its context, and with the words of the `holes` where it shows them.

    A hole is shown and never asked: `{{ name }}`, not `{% if name %}`. What is asked belongs to `fixed`.
    """
    pieces = _pieces(template, get_language() or "", tuple(sorted(holes)), tuple(sorted(fixed.items())))
    words = {name: conditional_escape(value) for name, value in holes.items()}
    shown = [words[piece] if place % 2 else piece for place, piece in enumerate(pieces)]
    return mark_safe("".join(shown))  # noqa: S308 (a template's output, and words that are escaped)


@lru_cache(maxsize=1024)
def _pieces(
    template: str, language: str, holes: tuple[str, ...], fixed: tuple[tuple[str, Hashable], ...]
) -> tuple[str, ...]:
    """Text and names of holes in turn."""
    context = {name: f"{_SEAL}{name}{_SEAL}" for name in holes} | dict(fixed)
    return tuple(_HOLE.split(render_to_string(template, context)))
