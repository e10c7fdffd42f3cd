"""The list of cohorts and the board of one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.access import right_required
from people.roles import Right

from ..access import cohort_for, cohorts_visible_to, enrollments_visible_to
from ..charts import curve
from ..selectors import cohort_board

STAGES = {
    "enrolled": gettext_lazy("On the roster"),
    "started": gettext_lazy("Started a course"),
    "first_course": gettext_lazy("First course completed"),
    "all_courses": gettext_lazy("All courses completed"),
    "completed": gettext_lazy("Curriculum completed"),
}


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
    planned = [week.planned for week in figures.weeks]
    completed = [week.completed for week in figures.weeks if week.completed is not None]
    gap = figures.completed - figures.planned_today
    stages = [
        {"name": STAGES[row["key"]], "count": row["count"], "percent": round(100 * row["count"] / max(1, figures.enrolled))}
        for row in figures.stages
    ]
    context = {
        "cohort": cohort,
        "board": figures,
        "curve": curve(planned, completed, width=960, height=360),
        "curve_narrow": curve(planned, completed, width=360, height=300),
        "completed_percent": round(100 * figures.completed / max(1, figures.enrolled)),
        "gap_text": f"{'+' if gap > 0 else '−' if gap < 0 else ''}{intcomma(abs(gap))}",
        "stages": stages,
        "stage_sentence": _largest_step(stages),
    }
    return render(request, "curricula/cohort_board.html", context)


def _largest_step(stages: list[dict[str, Any]]) -> str:
    """The sentence above the bars: between which stages most officers are."""
    steps = [(a["count"] - b["count"], a["name"], b["name"]) for a, b in pairwise(stages)]
    lost, before, after = max(steps, key=lambda step: step[0])
    if not lost:
        return str(_("Every officer has reached every stage."))
    return _("The largest step: %(officers)s officers have reached “%(before)s” and not yet “%(after)s”.") % {
        "officers": intcomma(lost), "before": before, "after": after,
    }
