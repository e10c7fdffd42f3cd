"""A page's draft as a trainee would see it; a quiz as whoever writes it must see it, key included."""

from __future__ import annotations

import random
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from people.bilingual import active

from .checklist import MOST_POINTS
from .content import index
from .freezing import course_content, exercise_content, glossary_content, item_content, lesson_content, quiz_content
from .interaction import with_state
from .item_faults import faults_of
from .lesson_parts import parts_of_a_draft
from .models import CoursePage, ExercisePage, Item, LessonPage, QuizPage
from .preview_marks import by_texts, marks_on
from .questions import question_shown
from .reading import Reader, outline
from .rendering import blocks_with_files, render_lesson
from .services.attempts import draw_layout
from .shelf import library_address
from .side_by_side import rows_of

Previewed = CoursePage | LessonPage | ExercisePage | QuizPage


def context_of(page: Previewed) -> dict[str, Any]:
    """What the page's preview template needs: no record, nothing counted."""
    if isinstance(page, CoursePage):
        return _course(page)
    if isinstance(page, ExercisePage):
        return _exercise(page)
    return _lesson(page) if isinstance(page, LessonPage) else _quiz(page)


def both_languages_of(page: Previewed) -> dict[str, Any]:
    """The page's own texts as rows with both languages beside each other."""
    if isinstance(page, CoursePage):
        content, _ = course_content(page, draft=page)
        glossary = content["glossary"]
    elif isinstance(page, LessonPage):
        content = lesson_content(page)
        glossary = glossary_content([content])
    elif isinstance(page, ExercisePage):
        content, glossary = exercise_content(page), {}
    else:
        content, glossary = _quiz(page)["quiz"], {}
    files = blocks_with_files(content, glossary, active())
    marks = marks_on(page)
    return {"thing": content, "rows": rows_of(content, glossary, marks=by_texts(marks)), "files": files, "marks": marks}


def _course(page: CoursePage) -> dict[str, Any]:
    content, _ = course_content(page, draft=page)
    reader = Reader(index(content), "", None, may_read=True)
    return {"course": content, "record": None, "may_read": True, "outline": outline(reader), "next": None,
            "marks": marks_on(page)}  # fmt: skip


def _lesson(lesson: LessonPage) -> dict[str, Any]:
    content = lesson_content(lesson)
    text = render_lesson(content, glossary_content([content]), active(), address=library_address)
    parent = lesson.get_parent().specific
    marks = marks_on(lesson)
    blocks = [
        block | {"marks": [mark for mark in marks if mark.block in {child.id, str(place)}]}
        for place, (block, child) in enumerate(zip(with_state(text.blocks, {}), lesson.body, strict=True))
    ]
    body = render_to_string("courses/blocks/body.html", {"blocks": blocks})
    return {
        "lesson": content,
        "course": {"code": parent.code, "slug": parent.slug, "lessons": [content]},
        "parts": parts_of_a_draft({"code": parent.code, "slug": parent.slug, "lessons": [content]}, content, text),
        "record": None,
        "headings": text.headings,
        "body": mark_safe(body),  # noqa: S308 (a template's output)
        "row": {},
        "marks": marks,
    }


def _quiz(quiz: QuizPage) -> dict[str, Any]:
    items = Item.objects.in_bulk([place.item_id for place in quiz.quiz_items.all()])
    content, marks = quiz_content(quiz, items), marks_on(quiz)
    return {"quiz": content, "rows": rows_of(content, glossary={}, marks=by_texts(marks)), "marks": marks}


def item_context(item: Item) -> dict[str, Any]:
    """The question as an officer meets it, once it can be answered; and both its languages with the key."""
    content = item_content(item)
    question = None
    if not faults_of(content):
        quiz = {"items": [content], "rules": {"items_drawn": 1}}
        place = draw_layout(quiz, random.Random(item.code))[0]  # noqa: S311 (the same order at each look)
        question = question_shown(content, place, 1, [], with_key=False)
    marks = marks_on(item)
    return {"question": question, "rows": rows_of(content, glossary={}, marks=by_texts(marks)), "marks": marks}


def _exercise(page: ExercisePage) -> dict[str, Any]:
    content = exercise_content(page)
    return {"exercise": content, "points": MOST_POINTS * len(content["steps"])}
