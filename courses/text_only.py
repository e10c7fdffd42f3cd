"""A lesson as text alone: for a bad link, for a printer, for a reader that wants no more. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .interaction import with_state
from .rendering import lesson_text

DRAWING = re.compile(r"<(svg|picture|video|audio|iframe|object)\b.*?</\1>|<(img|source|track)\b[^>]*>", re.DOTALL)
TERM = re.compile(r"<button\b[^>]*class=\"term\"[^>]*>(.*?)</button>", re.DOTALL)
AROUND_BYTES = 1400
"""What stands around the text of a lesson: head, title, ways."""


@lru_cache(maxsize=1024)
def text_only(sha256: str, lesson_slug: str, language: str) -> SafeString:
    """The body of a lesson without a drawing, a picture or a pop-up; pictures are there in words."""
    text = lesson_text(sha256, lesson_slug, language)
    body = render_to_string("courses/blocks/body.html", {"blocks": with_state(text.blocks, {})})
    return mark_safe(TERM.sub(r"\1", DRAWING.sub("", body)))  # noqa: S308 (a template's output)


def size_in_kilobytes(sha256: str, lesson_slug: str, language: str) -> int:
    """How large the whole page is, uncompressed, rounded up."""
    return -(-(len(text_only(sha256, lesson_slug, language).encode()) + AROUND_BYTES) // 1000)
