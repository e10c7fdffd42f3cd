"""Editions: what they hold, who has approved, and the one act of publishing."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import clock
from people.access import may, right_required
from people.exceptions import DomainError
from people.models import Participant, User
from people.roles import Right

from ..differences import differences
from ..models import CurriculumEdition
from ..services.editions import approve_edition, missing_approvals, publish_edition


@right_required(Right.READ_CURRICULA)
def edition_list(request: HttpRequest) -> HttpResponse:
    """All editions, newest first."""
    editions = (
        CurriculumEdition.objects.select_related("curriculum")
        .prefetch_related("approvals__participant")
        .order_by("-proposed_at")
    )
    return render(request, "curricula/edition_list.html", {"editions": editions})


@right_required(Right.READ_CURRICULA)
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition: its courses, what differs from the one before, and both Participants' decisions."""
    shown = get_object_or_404(CurriculumEdition.objects.select_related("curriculum", "proposed_by"), pk=pk)
    courses = [place.course for place in shown.edition_courses.select_related("course").order_by("position")]
    before = (
        CurriculumEdition.objects.filter(curriculum=shown.curriculum, number__lt=shown.number)
        .published()
        .order_by("-number")
        .first()
    )
    old = [place.course for place in before.edition_courses.select_related("course")] if before else []
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
