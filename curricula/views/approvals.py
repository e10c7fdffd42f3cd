"""What approvers do: their inbox, approval, requests for changes, and the one act of publishing."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..approval_inbox import approvals_inbox
from ..models import CurriculumEdition
from ..services.editions import approve_edition, publish_edition, request_changes


@right_required(Right.APPROVE)
def inbox(request: HttpRequest) -> HttpResponse:
    """Candidates that wait for the approver, those that wait for somebody else, and what was decided."""
    return render(request, "curricula/approvals.html", {"inbox": approvals_inbox(cast("User", request.user))})


@right_required(Right.APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, for the own Participant, exactly the content whose hash the form carries."""
    shown = get_object_or_404(CurriculumEdition, pk=pk)
    if not request.POST.get("confirmed"):
        messages.error(request, _("Confirm that you have read exactly this content; then approve."))
        return redirect("curricula:edition", pk)
    seen = request.POST.get("sha256", "") or "none"
    return _done(
        request,
        pk,
        lambda by: approve_edition(edition=shown, by=by, seen=seen),
        _("Your approval is recorded."),
    )


@right_required(Right.APPROVE)
@require_POST
def ask_for_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for changes, with a comment on one learning object or on the whole."""
    shown = get_object_or_404(CurriculumEdition, pk=pk)
    return _done(
        request,
        pk,
        lambda by: request_changes(
            edition=shown,
            by=by,
            seen=request.POST.get("sha256", "") or "none",
            object_code=request.POST.get("object", ""),
            comment=request.POST.get("comment", "")[:4000],
        ),
        _("Your request for changes is recorded, and the author is told."),
    )


@right_required(Right.PUBLISH)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what both have approved, in both languages, in one act."""
    shown = get_object_or_404(CurriculumEdition, pk=pk)
    return _done(
        request,
        pk,
        lambda by: publish_edition(edition=shown, by=by),
        _("The edition is published in both languages."),
    )


def _done(request: HttpRequest, pk: int, act: Any, said: str) -> HttpResponse:
    try:
        act(cast("User", request.user))
        messages.success(request, said)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("curricula:edition", pk)
