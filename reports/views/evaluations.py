"""What the officers of a cohort think of its courses."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from curricula.access import cohort_for
from people import clock
from people.access import reach_of, right_required
from people.roles import Right

from ..evaluations import evaluations_of


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def evaluations(request: HttpRequest, code: str) -> HttpResponse:
    """Counts over the own Participant, for those who manage all of it: a part would tell the rest."""
    cohort = cohort_for(request.user, code)
    reach = reach_of(request.user, Right.MANAGE_COHORTS)
    if not reach.everywhere and not reach.in_all_of_it:
        raise Http404
    context = {
        "cohort": cohort,
        "courses": evaluations_of(cohort, reach.participant),
        "has_closed": cohort.closes_on < clock.today(),
    }
    return render(request, "reports/evaluations.html", context)
