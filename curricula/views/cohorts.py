"""The list of cohorts and the board of one."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people import clock
from people.access import may, reach_of, right_required
from people.bilingual import pick
from people.roles import Right

from ..access import cohort_for, cohorts_visible_to, enrollments_visible_to
from ..charts import NARROW, WIDE, Today, curve, furthest_behind, largest_step, stage_bars
from ..selectors import cohort_board, newer_edition, officers_to_invite


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


@right_required(Right.MANAGE_COHORTS)
def board(request: HttpRequest, code: str) -> HttpResponse:
    """A cohort's board over the officers of the own Participant."""
    cohort = cohort_for(request.user, code)
    figures = cohort_board(cohort, enrollments_visible_to(request.user, cohort))
    planned = [week.planned for week in figures.weeks]
    completed = [week.completed for week in figures.weeks]
    weeks_gone = (clock.today() - cohort.opens_on).days / 7
    now = Today(weeks_gone, figures.completed, figures.planned_today)
    bars = stage_bars([(row["key"], row["count"]) for row in figures.stages])
    offices = [(pick(office, "name"), office["persons"], office["completed_percent"]) for office in figures.offices]
    context = {
        "cohort": cohort,
        "board": figures,
        "to_invite": officers_to_invite(cohort, request.user).count() if may(request.user, Right.INVITE) else 0,
        "newer": newer_edition(cohort),
        "as_of": clock.now(),
        "gap": figures.completed - figures.planned_today,
        "curves": [
            ("only-wide", curve(planned, completed, now, WIDE)),
            ("only-narrow", curve(planned, completed, now, NARROW)),
        ],
        "bars": bars,
        "largest": largest_step(bars),
        "behind": furthest_behind(offices),
    }
    return render(request, "curricula/cohort_board.html", context)
