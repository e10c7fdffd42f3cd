"""The checklist of a practical exercise, which is its sheet when it is printed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..checklist import MOST_POINTS
from ..reading import reader_of


@login_required
def exercise(request: HttpRequest, course_slug: str, exercise_slug: str) -> HttpResponse:
    """What is looked at in an exercise, for whoever may read the course; on paper the sheet of the instructor."""
    reader = reader_of(request.user, course_slug)
    held = {each["slug"]: each for each in reader.content.data.get("exercises", [])}
    if exercise_slug not in held:
        raise Http404
    if not reader.may_read:
        messages.info(request, _("You are not enrolled in this course. Your program manager can enroll you."))
        return redirect("course", course_slug)
    context = {
        "course": reader.content.data,
        "exercise": held[exercise_slug],
        "points": MOST_POINTS * len(held[exercise_slug]["steps"]),
    }
    return render(request, "courses/exercise.html", context)
