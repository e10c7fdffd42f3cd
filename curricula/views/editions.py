"""Editions: what they hold, who has approved, and the one act of publishing."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.models import FrozenCourse
from courses.side_by_side import rows_of
from people import clock
from people.access import may, right_required
from people.exceptions import DomainError
from people.models import Participant, User
from people.roles import Right

from ..differences import differences
from ..models import Curriculum, CurriculumEdition
from ..services.editions import approve_edition, missing_approvals, propose_edition, publish_edition


@right_required(Right.READ_CURRICULA)
def edition_list(request: HttpRequest) -> HttpResponse:
    """All editions, newest first."""
    editions = (
        CurriculumEdition.objects.select_related("curriculum")
        .prefetch_related("approvals__participant")
        .order_by("-proposed_at")
    )
    boards = list(Curriculum.objects.order_by("code"))
    curricula = boards if may(request.user, Right.AUTHOR) else []
    context = {"editions": editions, "curricula": curricula, "boards": boards}
    return render(request, "curricula/edition_list.html", context)


@right_required(Right.AUTHOR)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Freeze the drafts of a curriculum into a candidate."""
    curriculum = get_object_or_404(Curriculum, code=request.POST.get("curriculum", ""))
    try:
        proposed = propose_edition(curriculum=curriculum, by=cast("User", request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("curricula:editions")
    messages.success(request, _("The candidate is gathered. It waits for the approval of both Participants."))
    return redirect("curricula:edition", proposed.pk)


@right_required(Right.READ_CURRICULA)
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition: its courses, what differs from the one before, and both Participants' decisions."""
    shown = get_object_or_404(CurriculumEdition.objects.select_related("curriculum", "proposed_by"), pk=pk)
    courses, before = _courses_of(shown), _before(shown)
    old = _courses_of(before)
    approvals = {a.participant_id: a for a in shown.approvals.select_related("participant", "approver")}
    decisions: list[dict[str, Any]] = [
        {"participant": participant, "approval": approvals.get(participant.pk)}
        for participant in Participant.objects.on(clock.today())
    ]
    person = cast("User", request.user)
    is_candidate = shown.state == CurriculumEdition.State.CANDIDATE
    context = {
        "edition": shown,
        "courses": [
            {
                "course": c,
                "lessons": len(c.content["lessons"]),
                "objects": [*c.content["lessons"], *c.content["quizzes"]],
                "items": sum(len(q["items"]) for q in c.content["quizzes"]),
            }
            for c in courses
        ],
        "before": before,
        "differences": differences([c.content for c in old], [c.content for c in courses]),
        "decisions": decisions,
        "may_approve": is_candidate
        and may(person, Right.APPROVE)
        and person.participant_id is not None
        and person.participant_id not in approvals,
        "may_publish": is_candidate and may(person, Right.PUBLISH) and not missing_approvals(shown),
    }
    return render(request, "curricula/edition.html", context)


@right_required(Right.READ_CURRICULA)
def edition_object(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A course, a lesson or a quiz exactly as the edition holds it: both languages beside each other, keys included."""
    shown = get_object_or_404(CurriculumEdition.objects.select_related("curriculum"), pk=pk)
    places = _learning_objects(_courses_of(shown))
    position = next((n for n, (_, thing) in enumerate(places) if thing["code"] == code), None)
    if position is None:
        raise Http404
    course, thing = places[position]
    before = _before(shown)
    old = next((t for _, t in _learning_objects(_courses_of(before)) if t["code"] == code), {}) if before else None
    context = {
        "edition": shown,
        "before": before,
        "course": course,
        "thing": thing,
        "rows": rows_of(thing, course["glossary"], old),
        "previous": places[position - 1][1] if position else None,
        "next": places[position + 1][1] if position + 1 < len(places) else None,
    }
    return render(request, "curricula/edition_object.html", context)


@right_required(Right.APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve for the own Participant."""
    shown = get_object_or_404(CurriculumEdition, pk=pk)
    try:
        approve_edition(edition=shown, by=cast("User", request.user))
        messages.success(request, _("Your approval is recorded."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("curricula:edition", pk)


@right_required(Right.PUBLISH)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what both have approved, in both languages, in one act."""
    shown = get_object_or_404(CurriculumEdition, pk=pk)
    try:
        publish_edition(edition=shown, by=cast("User", request.user))
        messages.success(request, _("The edition is published in both languages."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("curricula:edition", pk)


def _courses_of(edition: CurriculumEdition | None) -> list[FrozenCourse]:
    if edition is None:
        return []
    return [place.course for place in edition.edition_courses.select_related("course").order_by("position")]


def _before(edition: CurriculumEdition) -> CurriculumEdition | None:
    earlier = CurriculumEdition.objects.filter(curriculum=edition.curriculum, number__lt=edition.number)
    return earlier.published().order_by("-number").first()


def _learning_objects(courses: list[FrozenCourse]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each learning object with its course, in reading order."""
    return [
        (content, thing)
        for content in (course.content for course in courses)
        for thing in (content, *content["lessons"], *content["quizzes"])
    ]
