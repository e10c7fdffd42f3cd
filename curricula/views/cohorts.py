"""The list of cohorts."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.access import reach_of, right_required
from people.roles import Right

from ..access import cohorts_visible_to


@right_required(Right.MANAGE_COHORTS)
def cohort_list(request: HttpRequest) -> HttpResponse:
    """Cohorts in which the manager's Participant takes part, with counts of its own officers."""
    person = request.user
    own = reach_of(person, Right.MANAGE_COHORTS).of("enrollments__") & ~Q(enrollments__state="transferred")
    cohorts = (
        cohorts_visible_to(person)
        .select_related("edition__curriculum", "participant")
        .annotate(
            persons=Count("enrollments", filter=own),
            completed=Count("enrollments", filter=own & Q(enrollments__state="completed")),
        )
    )
    return render(request, "curricula/cohort_list.html", {"cohorts": cohorts})
