"""What stands around the text of a lesson and is the same for all readers who have come equally far: rendered once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from people.bilingual import active

from .content import content_of
from .reading import Reader, outline
from .rendering import LessonText, lesson_text


@dataclass(frozen=True, slots=True)
class LessonParts:
    """The outline beside the lesson, the ways to its neighbors, its sources, the pop-ups of its terms."""

    outline: SafeString
    pager: SafeString
    sources: SafeString
    terms: SafeString


def lesson_parts(reader: Reader, lesson_slug: str, rows: list[dict[str, Any]]) -> LessonParts:
    """The parts for a reader whose outline has these rows, in the page's language."""
    states = tuple(row["state"] for row in rows)
    around = _around(reader.sha256, lesson_slug, active(), states, reader.record is not None)
    return LessonParts(*around, *_below(reader.sha256, lesson_slug, active()))


def parts_of_a_draft(course: dict[str, Any], lesson: dict[str, Any], text: LessonText) -> LessonParts:
    """The parts of a lesson that is not frozen: nothing of them is kept."""
    outline_shown = _html("courses/outline.html", {"course": course, "lesson": lesson, "outline": [], "record": None})
    return LessonParts(outline_shown, SafeString(), *_below_text(text))


@lru_cache(maxsize=2048)
def _around(
    sha256: str, lesson_slug: str, language: str, states: tuple[str, ...], is_followed: bool
) -> tuple[SafeString, SafeString]:
    """Outline and pager. They depend on nothing but the frozen content and the state of each of its objects."""
    content = content_of(sha256)
    rows = outline(Reader(content, sha256, None, True))
    for row, state in zip(rows, states, strict=True):
        row["state"] = state
    lesson = content.lessons[lesson_slug]
    place = next(i for i, row in enumerate(rows) if row["code"] == lesson["code"])
    context = {
        "course": content.data,
        "lesson": lesson,
        "outline": rows,
        "record": is_followed,
        "previous": rows[place - 1] if place else None,
        "next": rows[place + 1] if place + 1 < len(rows) else None,
    }
    return _html("courses/outline.html", context), _html("courses/lesson_pager.html", context)


@lru_cache(maxsize=1024)
def _below(sha256: str, lesson_slug: str, language: str) -> tuple[SafeString, SafeString]:
    return _below_text(lesson_text(sha256, lesson_slug, language))


def _below_text(text: LessonText) -> tuple[SafeString, SafeString]:
    context = {"sources": text.sources, "terms": text.terms}
    return _html("courses/lesson_sources.html", context), _html("courses/lesson_terms.html", context)


def _html(template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(template, context))  # noqa: S308 (a template's output)
