"""A lesson's draft as a trainee would see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from people.bilingual import active

from .freezing import glossary_content, lesson_content
from .interaction import with_state
from .rendering import render_lesson

if TYPE_CHECKING:
    from .models import LessonPage


def lesson_context(lesson: LessonPage) -> dict[str, Any]:
    """The context of `courses/lesson.html` for a draft: no record, no outline."""
    content = lesson_content(lesson)
    text = render_lesson(content, glossary_content([content]), active())
    parent = lesson.get_parent().specific
    body = render_to_string("courses/blocks/body.html", {"blocks": with_state(text.blocks, {})})
    return {
        "lesson": content,
        "course": {"code": parent.code, "slug": parent.slug, "lessons": [content]},
        "outline": [],
        "record": None,
        "headings": text.headings,
        "terms": text.terms,
        "sources": text.sources,
        "body": mark_safe(body),  # noqa: S308 (a template's output)
        "row": {},
    }
