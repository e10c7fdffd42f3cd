"""What authors do with candidates: propose, correct, see what is in the way, withdraw."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.content import objects_of
from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..difference_rows import shown as shown_rows
from ..differences import differences
from ..exceptions import NotReady
from ..gathering import gather
from ..models import Curriculum, CurriculumEdition
from ..obstacles import Obstacle, obstacles_of
from ..services.editions import propose_correction, propose_edition, withdraw_edition


@right_required(Right.AUTHOR)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Freeze the drafts of a curriculum into a candidate; what is in the way is shown as a list."""
    curriculum = get_object_or_404(Curriculum, code=request.POST.get("curriculum", ""))
    try:
        proposed = propose_edition(curriculum=curriculum, by=cast("User", request.user))
    except NotReady:
        return redirect("curricula:obstacles", curriculum.code)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("curricula:editions")
    messages.success(request, _("The candidate is gathered. It waits for the approval of both Participants."))
    return redirect("curricula:edition", proposed.pk)


@right_required(Right.AUTHOR)
@require_safe
def obstacles(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that keeps the drafts from being proposed, by learning object, each with its passage."""
    curriculum = get_object_or_404(Curriculum, code=code)
    return _obstacles(request, curriculum, obstacles_of(gather(curriculum)))


@right_required(Right.AUTHOR)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Propose an urgent correction: choose from what differs, and say why."""
    curriculum = get_object_or_404(Curriculum, code=code)
    published = curriculum.editions.filter(state=CurriculumEdition.State.PUBLISHED).first()
    if published is None:
        messages.error(request, _("Nothing of this curriculum is published yet, so there is nothing to correct."))
        return redirect("curricula:editions")
    chosen = request.POST.getlist("corrected")
    if request.method == "POST":
        try:
            proposed = propose_correction(
                curriculum=curriculum,
                corrected=chosen,
                reason=request.POST.get("reason", "")[:500],
                by=cast("User", request.user),
            )
        except NotReady as refusal:
            return _obstacles(request, curriculum, refusal.obstacles)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The correction is gathered. It waits for the approval of both Participants."))
            return redirect("curricula:edition", proposed.pk)
    old = [place.course.content for place in published.edition_courses.select_related("course").order_by("position")]
    new = [course.content for course in gather(curriculum)]
    held = {t["code"] for c in old for t in (c, *objects_of(c))}
    found = [each for each in differences(old, new) if each.reads in held and each.change != "removed"]
    context = {
        "curriculum": curriculum,
        "published": published,
        "differences": shown_rows(found),
        "codes": list(dict.fromkeys(each.reads for each in found)),
        "chosen": chosen,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "curricula/correction.html", context)


@right_required(Right.AUTHOR)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the own side's candidate back."""
    shown = get_object_or_404(CurriculumEdition, pk=pk)
    try:
        withdraw_edition(edition=shown, by=cast("User", request.user))
        messages.success(request, _("The candidate is withdrawn. The drafts stay as they are."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("curricula:edition", pk)


def _obstacles(request: HttpRequest, curriculum: Curriculum, found: list[Obstacle]) -> HttpResponse:
    by_object: dict[str, list[Obstacle]] = {}
    for each in found:
        by_object.setdefault(each.code, []).append(each)
    context = {"curriculum": curriculum, "count": len(found), "objects": by_object.items()}
    return render(request, "curricula/obstacles.html", context)
