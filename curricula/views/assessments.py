"""An instructor scores practical exercises: finds the officer, marks each step, hands in; a second one confirms."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.content import content_of
from courses.exceptions import AssessmentClosed, AssessmentOfAnother
from courses.exercise_results import shown
from courses.models import ExerciseAssessment
from courses.qualified import languages_of
from courses.services.assessments import (
    Mark,
    discard_assessment,
    hand_in_assessment,
    save_steps,
    start_assessment,
)
from courses.services.confirming import confirm_assessment, correct_assessment, return_assessment
from people import clock
from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.private_files import show
from people.roles import Right
from people.uploads import UploadRefused

from ..access import assessment_for
from ..assessing import exercise_to_score, exercises_to_score, officers_of, rows_of, waiting_for
from ..models import EnrolledCourse

A_PAGE = 50
CLOSED, UNREADABLE = 409, 422


@right_required(Right.ASSESS)
@never_cache
@require_safe
def exercise_list(request: HttpRequest) -> HttpResponse:
    """What waits for the instructor, and the exercises that the instructor may score."""
    own, waiting = waiting_for(_person(request))
    context = {"own": own, "waiting": waiting, "exercises": exercises_to_score(_person(request))}
    return render(request, "curricula/exercise_list.html", context)


@right_required(Right.ASSESS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def officers(request: HttpRequest, code: str, course_code: str, exercise_code: str) -> HttpResponse:
    """The officers of a cohort in one exercise; POST with `record` and `language` begins to score one, or goes on."""
    person, sought = _person(request), request.GET.get("q", "").strip()
    named = exercise_to_score(person, code, course_code, exercise_code)
    if named is None:
        raise Http404
    links = officers_of(person, named.cohort, course_code, sought)
    if request.method == "POST":
        return _start(request, links, exercise_code)
    page = Paginator(links, A_PAGE).get_page(request.GET.get("page"))
    languages = languages_of(person=person, course=course_code, on=clock.today())
    context = {
        "cohort": named.cohort,
        "course": named.course,
        "exercise": named.exercise,
        "page": page,
        "rows": rows_of(list(page), exercise_code),
        "sought": sought,
        "qualified_in": [(code, name) for code, name in User.Language.choices if code in languages],
    }
    return render(request, "curricula/exercise_officers.html", context)


def _start(request: HttpRequest, links: QuerySet[EnrolledCourse], exercise_code: str) -> HttpResponse:
    wanted = request.POST.get("record", "")
    link = links.filter(record=int(wanted)).first() if wanted.isdecimal() else None
    if link is None or exercise_code not in content_of(link.record.course.sha256).exercises_by_code:
        raise Http404
    language = request.POST.get("language", "")
    try:
        assessment = start_assessment(
            record=link.record, exercise_code=exercise_code, language=language, by=_person(request)
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(request.get_full_path())
    return redirect("curricula:assessment", assessment.pk)


@right_required(Right.ASSESS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet: marked step by step while it is open, then read; POST does what `go` says."""
    found = assessment_for(request.user, pk)
    if request.method == "POST":
        return _do(request, found)
    person = _person(request)
    languages = languages_of(person=person, course=found.record.course.code, on=clock.today())
    context = {
        "sheet": shown(found),
        "person": found.record.person,
        "course": content_of(found.content_sha256).data,
        "is_own": found.assessed_by_id == person.pk,
        "is_second": found.assessed_by_id != person.pk and found.language in languages,
        "correction": ExerciseAssessment.objects.filter(corrects=found).first(),
    }
    return render(request, "curricula/assessment.html", context)


@require_POST
@right_required(Right.ASSESS)
@never_cache
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the steps that are sent, once for each `key`; JSON says which are safe. 409 when it is closed, 422 when
    something cannot be read."""
    found = assessment_for(request.user, pk)
    try:
        saved = _save(request, found)
    except (AssessmentClosed, AssessmentOfAnother) as refusal:
        return JsonResponse({"said": str(refusal)}, status=CLOSED)
    except (DomainError, UploadRefused) as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNREADABLE)
    return JsonResponse({"saved": saved, "missing": shown(found).missing, "at": f"{clock.now():%H:%M} UTC"})


@right_required(Right.ASSESS)
@require_safe
def photo(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The photo of a step."""
    step = assessment_for(request.user, pk).steps.filter(number=number).exclude(photo="").first()
    if step is None:
        raise Http404
    try:
        return show(step.photo, request=request)
    except OSError:
        raise Http404 from None


def _do(request: HttpRequest, found: ExerciseAssessment) -> HttpResponse:
    """What a button of the sheet asks for. What was marked is kept first."""
    go, by = request.POST.get("go", ""), _person(request)
    deeds: dict[str, Callable[[], object]] = {
        "hand_in": lambda: (_save(request, found), hand_in_assessment(assessment=found, by=by)),
        "discard": lambda: discard_assessment(assessment=found, by=by),
        "confirm": lambda: confirm_assessment(assessment=found, by=by),
        "return": lambda: return_assessment(assessment=found, by=by),
    }
    try:
        if go == "correct":
            newer = correct_assessment(assessment=found, reason=request.POST.get("reason", ""), by=by)
            return redirect("curricula:assessment", newer.pk)
        deeds.get(go, lambda: _save(request, found))()
    except (DomainError, UploadRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("curricula:assessment", found.pk)
    said = {
        "hand_in": _("The scores are handed in."),
        "discard": _("The scores are discarded. They count as no attempt."),
        "confirm": _("The result is confirmed and final."),
        "return": _("The scores are back with the instructor who gave them."),
    }
    messages.success(request, said.get(go, _("Saved on the server.")))
    if go == "discard":
        return redirect("curricula:exercises")
    address = reverse("curricula:assessment", args=[found.pk])
    return redirect(f"{address}#{go}" if go.startswith("step-") else address)


def _save(request: HttpRequest, found: ExerciseAssessment) -> list[int]:
    """The steps named by `step`, with `points-1`, `remark-1` and `photo-1`; and the general `remarks`."""
    marks = {}
    for text in request.POST.getlist("step"):
        points = request.POST.get(f"points-{text}", "")
        number = int(text) if text.isdecimal() and len(text) < 4 else 0
        value = (int(points) if points in {"0", "1", "2"} else -1) if points else None
        marks[number] = Mark(value, request.POST.get(f"remark-{text}", ""), request.FILES.get(f"photo-{text}"))
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = None
    return save_steps(assessment=found, marks=marks, by=_person(request), remarks=request.POST.get("remarks"), key=key)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
