"""The list of cohorts and the board of one."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.access import right_required
from people.roles import Right

from ..access import cohort_for, cohorts_visible_to, enrollments_visible_to
from ..selectors import cohort_board


@right_required(Right.MANAGE_COHORTS)
def cohort_list(request: HttpRequest) -> HttpResponse:
    """Cohorts in which the manager's Participant takes part, with counts of its own officers."""
    person = request.user
    own = Q() if getattr(person, "participant_id", None) is None else Q(enrollments__participant=person.participant_id)  # type: ignore[union-attr]
    cohorts = (
        cohorts_visible_to(person).select_related("edition__curriculum", "participant")
        .annotate(
            persons=Count("enrollments", filter=own),
            completed=Count("enrollments", filter=own & Q(enrollments__state="completed")),
        )
    )
    return render(request, "curricula/cohort_list.html", {"cohorts": cohorts})


@right_required(Right.MANAGE_COHORTS)
def board(request: HttpRequest, code: str) -> HttpResponse:
    """A cohort's board over the officers of the own Participant."""
    cohort = cohort_for(request.user, code)
    figures = cohort_board(cohort, enrollments_visible_to(request.user, cohort))
    return render(request, "curricula/cohort_board.html", {"cohort": cohort, "board": figures})
