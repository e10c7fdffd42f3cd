"""The page of the pre-assessment: all its questions at once, without a key, before the first lesson."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from people.bilingual import LANGUAGES, active
from people.models import User

from ..content import content_of
from ..exceptions import CourseError
from ..gain import items_of
from ..models import PreAssessment
from ..questions import question_shown, read_form
from ..reading import Reader, reader_of
from ..services.pre_assessment import save_pre_answers, start_pre_assessment


@login_required
@never_cache
def pre_assessment(request: HttpRequest, course_slug: str) -> HttpResponse:
    """Start by a POST, answer, hand in. `go` says what follows: `start`, `hand-in`, `language-es`."""
    reader = reader_of(request.user, course_slug)
    if reader.record is None or not items_of(reader.content.data):
        raise Http404
    taken = PreAssessment.objects.filter(record=reader.record).first()
    if request.method == "POST":
        return _go(request, reader, taken)
    return render(request, "courses/pre_assessment.html", _context(reader, taken))


def _go(request: HttpRequest, reader: Reader, taken: PreAssessment | None) -> HttpResponse:
    assert reader.record is not None
    go, person, language = request.POST.get("go", ""), cast("User", request.user), active()
    try:
        if taken is None:
            start_pre_assessment(record=reader.record, language=language, by=person)
        else:
            items = {item["code"]: item for item in items_of(content_of(taken.content_sha256).data)}
            given = {place["item"]: read_form(items[place["item"]], place, request.POST) for place in taken.layout}
            save_pre_answers(taken=taken, given=given, language=language, by=person, hands_in=go == "hand-in")
            if go == "hand-in":
                messages.success(request, _("The pre-assessment is handed in. Now begin the first lesson."))
                return redirect("course", reader.content.data["slug"])
    except CourseError as refusal:
        messages.error(request, str(refusal))
    chosen = go.removeprefix("language-")
    with override(chosen if chosen in LANGUAGES else language):
        return redirect(reverse("pre_assessment", args=[reader.content.data["slug"]]))


def _context(reader: Reader, taken: PreAssessment | None) -> dict[str, Any]:
    content = content_of(taken.content_sha256) if taken else reader.content
    items = {item["code"]: item for item in items_of(content.data)}
    layout, answers = (taken.layout, taken.answers) if taken else ([], {})
    questions = [
        question_shown(items[place["item"]], place, position, answers.get(place["item"], []), with_key=False)
        for position, place in enumerate(layout, start=1)
    ]
    has_begun = bool(reader.record and reader.record.lessons.exists())
    return {
        "course": reader.content.data,
        "taken": taken,
        "count": len(items),
        "questions": questions,
        "is_closed": taken is None and has_begun,
    }
