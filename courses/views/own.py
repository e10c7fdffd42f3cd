"""What a reader does beside reading: search, bookmarks, notes, the place; and a lesson as text alone."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.bilingual import active
from people.idle import passive
from people.limits import limited
from people.models import User

from ..content import content_of
from ..models import LessonNote
from ..reading import Reader, lesson_of
from ..rendering import lesson_text
from ..searching import courses_readable_by, search_lessons
from ..services.notes import MOST_CHARACTERS, keep_note, keep_place
from ..text_only import size_in_kilobytes, text_only


@login_required
@limited("courses.search", methods=("GET",), when="q")
@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The lessons that the reader may read and that hold the words of `?q=`."""
    words = request.GET.get("q", "").strip()[:200]
    found = search_lessons(request.user, words, active()) if words else []
    return render(request, "courses/search.html", {"query": words, "found": found, "language": active()})


@login_required
@never_cache
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """The reader's own bookmarks and notes, with the lessons that can still be read."""
    person = cast("User", request.user)
    kept = list(LessonNote.objects.filter(person=person))
    readable = {course.code: content_of(course.sha256).data for course in courses_readable_by(person)}
    rows = []
    for note in kept:
        lessons = readable.get(note.course_code, {"lessons": []})["lessons"]
        lesson = next((each for each in lessons if each["code"] == note.lesson_code), None)
        rows.append({"note": note, "lesson": lesson})
    return render(request, "courses/notes.html", {"rows": rows})


@login_required
@require_POST
def note(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Keep a note (`text`) or a bookmark (`bookmark` is 1 or 0) at a lesson that the reader may read."""
    reader, lesson = _readable(request, course_slug, lesson_slug)
    text, mark = request.POST.get("text"), request.POST.get("bookmark")
    if text is not None and len(text) > MOST_CHARACTERS:
        messages.error(
            request,
            _("A note holds at most %(most)s characters; yours has %(has)s. Shorten it and save again.")
            % {"most": MOST_CHARACTERS, "has": len(text)},
        )
        return redirect("lesson", course_slug, lesson_slug)
    keep_note(
        person=cast("User", request.user),
        course_code=reader.content.data["code"],
        lesson_code=lesson["code"],
        text=text.replace("\r\n", "\n").strip() if text is not None else None,
        is_bookmarked=mark == "1" if mark is not None else None,
    )
    if text is not None:
        messages.success(request, _("Your note is saved. Only you see it."))
    return redirect("lesson", course_slug, lesson_slug)


@passive
@login_required
@require_POST
@never_cache
def place(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """Remember the heading (`place`) at which the reader is; one that the lesson does not have is no place."""
    reader, lesson = _readable(request, course_slug, lesson_slug)
    headings = lesson_text(reader.sha256, lesson_slug, active()).headings
    wanted = request.POST.get("place", "")
    if reader.record and any(heading["id"] == wanted for heading in headings):
        keep_place(record=reader.record, lesson_code=lesson["code"], place=wanted)
    return HttpResponse(status=204)


@login_required
@require_safe
def text(request: HttpRequest, course_slug: str, lesson_slug: str) -> HttpResponse:
    """The lesson as text alone. That it was opened is noted on its full page."""
    reader, lesson = _readable(request, course_slug, lesson_slug)
    language = active()
    context = {
        "course": reader.content.data,
        "lesson": lesson,
        "body": text_only(reader.sha256, lesson_slug, language),
        "terms": lesson_text(reader.sha256, lesson_slug, language).terms,
        "size": size_in_kilobytes(reader.sha256, lesson_slug, language),
    }
    return render(request, "courses/lesson_text.html", context)


def _readable(request: HttpRequest, course_slug: str, lesson_slug: str) -> tuple[Reader, dict[str, Any]]:
    reader, lesson = lesson_of(request.user, course_slug, lesson_slug)
    if not reader.may_read:
        raise Http404
    return reader, lesson
