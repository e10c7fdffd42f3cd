"""Moving a running cohort to a newer edition: first what changes for its trainees, then the move."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..access import cohort_for, enrollments_visible_to
from ..move_preview import move_preview
from ..selectors import newer_edition
from ..services.moving import move_cohort


@right_required(Right.MANAGE_COHORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Shows what a move changes; moves when it is confirmed for the edition that was shown."""
    cohort = cohort_for(request.user, code)
    edition = newer_edition(cohort)
    if edition is None:
        messages.info(request, _("The cohort follows the newest edition."))
        return redirect("curricula:board", code)
    if request.method == "POST" and request.POST.get("edition") == str(edition.pk):
        try:
            moved = move_cohort(
                cohort=cohort, edition=edition, by=cast("User", request.user), tells=bool(request.POST.get("tells"))
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext(
                "The cohort follows edition %(number)s now: %(n)s active officer went over.",
                "The cohort follows edition %(number)s now: %(n)s active officers went over.",
                moved,
            )
            messages.success(request, said % {"number": edition.label, "n": moved})
        return redirect("curricula:board", code)
    preview = move_preview(cohort, edition, enrollments_visible_to(request.user, cohort))
    return render(request, "curricula/cohort_move.html", {"cohort": cohort, "edition": edition, "preview": preview})
