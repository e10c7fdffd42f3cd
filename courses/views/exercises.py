"""The checklist of a practical exercise, which is its sheet when it is printed, with the officer's own results."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.private_files import show

from ..access import own_evidence
from ..checklist import MOST_POINTS, rules_of_exercise
from ..exercise_results import results_in
from ..reading import reader_of


@login_required
def exercise(request: HttpRequest, course_slug: str, exercise_slug: str) -> HttpResponse:
    """What is looked at in an exercise, for whoever may read the course; on paper the sheet of the instructor."""
    reader = reader_of(request.user, course_slug)
    held = reader.content.exercises
    if exercise_slug not in held:
        raise Http404
    if not reader.may_read:
        messages.info(request, _("You are not enrolled in this course. Your program manager can enroll you."))
        return redirect("course", course_slug)
    asked = held[exercise_slug]
    context = {
        "course": reader.content.data,
        "exercise": asked,
        "points": MOST_POINTS * len(asked["steps"]),
        "rules": rules_of_exercise(asked),
        "results": results_in(reader.record, asked["code"]) if reader.record else [],
    }
    return render(request, "courses/exercise.html", context)


@login_required
@require_safe
def exercise_photo(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The photo of a step in an own result that is final."""
    try:
        return show(own_evidence(request.user, pk, number), request=request)
    except OSError:
        raise Http404 from None
