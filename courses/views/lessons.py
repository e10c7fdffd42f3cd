"""Reading and completing a lesson."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import clock
from people.bilingual import active
from people.filling import filled
from people.models import User

from ..exceptions import CourseError
from ..interaction import is_interactive, with_state
from ..lesson_parts import lesson_parts
from ..models import LessonNote, LessonProgress
from ..reading import Reader, lesson_of, outline
from ..rendering import lesson_text
from ..services.lessons import complete_lesson, open_lesson
from ..text_only import size_in_kilobytes


@login_required
def lesson(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """A lesson in the page's language. Opening it is noted once."""
    reader, content = lesson_of(request.user, course_slug, lesson_slug)
    if not reader.may_read:
        messages.info(request, _("You are not enrolled in this course. Your program manager can enroll you."))
        return redirect("course", course_slug)
    language = active()
    rows = outline(reader)
    place = next(i for i, row in enumerate(rows) if row["code"] == content["code"])
    saved_at = reader.record.last_activity_at if reader.record else None
    if reader.record and (rows[place]["progress"] is None or reader.record.last_object_code != content["code"]):
        open_lesson(record=reader.record, lesson_code=content["code"], language=language, by=cast("User", request.user))
        saved_at = clock.now()
        if rows[place]["state"] == "open":
            rows[place]["state"] = "going"
    text = lesson_text(reader.sha256, lesson_slug, language)
    context = {
        "course": reader.content.data,
        "lesson": content,
        "record": reader.record,
        "parts": lesson_parts(reader, lesson_slug, rows),
        "headings": text.headings,
        "body": _body(request, reader, lesson_slug, language),
        "row": rows[place],
        "next": rows[place + 1] if place + 1 < len(rows) else None,
        "saved_at": saved_at,
        "stopped_at": _stopped_at(rows[place]["progress"], text.headings),
        "own": _own(request, course_slug, content),
        "text_size": size_in_kilobytes(reader.sha256, lesson_slug, language),
    }
    return render(request, "courses/lesson.html", context)


@login_required
@require_POST
def complete(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Complete the lesson and go on to what comes next."""
    reader, content = lesson_of(request.user, course_slug, lesson_slug)
    if reader.record is None:
        raise Http404
    try:
        complete_lesson(
            record=reader.record, lesson_code=content["code"], language=active(), by=cast("User", request.user)
        )
    except CourseError as refusal:
        messages.error(request, str(refusal))
        return redirect("lesson", course_slug, lesson_slug)
    rows = outline(reader)
    place = next(i for i, row in enumerate(rows) if row["code"] == content["code"])
    following = rows[place + 1] if place + 1 < len(rows) else None
    messages.success(request, _("The lesson is completed."))
    if following is None:
        return redirect("course", course_slug)
    if following["kind"] == "quiz":
        return redirect("quiz", course_slug)
    if following["kind"] == "exercise":
        return redirect("exercise", course_slug, following["slug"])
    return redirect("lesson", course_slug, following["slug"])


def _own(request: HttpRequest, course_slug: str, lesson: dict[str, Any]) -> SafeString:
    """The reader's own bookmark and note."""
    note = LessonNote.objects.filter(person=cast("User", request.user), lesson_code=lesson["code"]).first()
    return filled(
        "courses/lesson_own.html",
        holes={"csrf_token": get_token(request), "text": note.text if note else ""},
        course_slug=course_slug,
        lesson_slug=lesson["slug"],
        is_bookmarked=bool(note and note.is_bookmarked),
    )


def _stopped_at(progress: LessonProgress | None, headings: list[dict[str, str]]) -> dict[str, str] | None:
    """The heading that was read last, when it is not the first one and the lesson still has it."""
    return next((h for h in headings[1:] if progress and h["id"] == progress.place), None)


def _body(request: HttpRequest, reader: Reader, lesson_slug: str, language: str) -> SafeString:
    if not is_interactive(request.GET):
        return _still_body(reader.sha256, lesson_slug, language)
    text = lesson_text(reader.sha256, lesson_slug, language)
    return mark_safe(render_to_string("courses/blocks/body.html", {"blocks": with_state(text.blocks, request.GET)}))  # noqa: S308 (a template's output)


@lru_cache(maxsize=1024)
def _still_body(sha256: str, lesson_slug: str, language: str) -> SafeString:
    """The body before anything is chosen: the same for everybody, for ever."""
    text = lesson_text(sha256, lesson_slug, language)
    return mark_safe(render_to_string("courses/blocks/body.html", {"blocks": with_state(text.blocks, {})}))  # noqa: S308 (a template's output)
