"""The board of a cohort, and the ways down from it: to an office, to an officer, to the items of a course."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import clock
from people.access import may, right_required
from people.bilingual import pick
from people.idle import passive
from people.roles import Right

from ..access import cohort_for, enrollment_for, enrollments_visible_to, office_for
from ..at_risk import officers_at_risk
from ..board import Board, cohort_board
from ..board_forms import BoardFilter, CourseChoice
from ..charts import NARROW, WIDE, Today, curve, furthest_behind, largest_step, stage_bars, step_bars
from ..item_figures import LEAST_PERSONS, item_figures
from ..learning_map import columns_of, content_in, courses_to_choose, learning_map, learning_of_one
from ..models import Cohort, Enrollment, RiskDecision
from ..risk_words import sentence, sentences_kept
from ..selectors import newer_edition, officers_to_invite
from ..session_selectors import sessions_of_cohort

A_PAGE = 50


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """A cohort's board over the officers of the own Participant; what it counts is narrowed in the address."""
    cohort = cohort_for(request.user, code)
    context = _figures(request, cohort) | {
        "to_invite": officers_to_invite(cohort, request.user).count() if may(request.user, Right.INVITE) else 0,
        "newer": newer_edition(cohort),
        "as_of": clock.now(),
        "asked": request.GET.urlencode(),
    }
    return render(request, "curricula/cohort_board.html", context)


@passive
@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponseBase | None:
    """The part of the board that changes, for the page that asks again by itself: 304 where it is as it was.

    `Board-As-Of` says the time of the answer, which is no part of what is compared.
    """
    cohort = cohort_for(request.user, code)
    response = render(request, "curricula/cohort_board.html#figures", _figures(request, cohort))
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    if answer is not None:
        answer.headers["Board-As-Of"] = f"{timezone.localtime(clock.now()):%H:%M %Z}"
    return answer


def _figures(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    visible = enrollments_visible_to(request.user, cohort)
    form = BoardFilter(request.GET, enrollments=visible)
    found = cohort_board(cohort, form.applied_to(visible), target=0 if form.chosen else cohort.target_persons)
    state = f"?state={form.chosen['state']}" if "state" in form.chosen else ""
    for office in found.offices:
        office["address"] = reverse("curricula:board_office", args=[cohort.code, office["pk"]]) + state
    sessions = sessions_of_cohort(cohort, form.applied_to(visible))
    kinds = ("present", "partial", "excused", "absent", "unrecorded")
    attended = step_bars([(kind, getattr(sessions.attendance, kind)) for kind in kinds])
    more = {"cohort": cohort, "form": form, "board": found, "sessions": sessions, "attended": attended}
    return more | _drawings(cohort, found)


def _drawings(cohort: Cohort, found: Board) -> dict[str, Any]:
    planned = [week.planned for week in found.weeks]
    completed = [week.completed for week in found.weeks]
    weeks_gone = (clock.today() - cohort.opens_on).days / 7
    now = Today(weeks_gone, found.completed, found.planned_today)
    bars = stage_bars(found.stages)
    offices = [(pick(office, "name"), office["persons"], office["completed_percent"]) for office in found.offices]
    return {
        "gap": found.completed - found.planned_today,
        "curves": [
            ("only-wide", curve(planned, completed, now, WIDE)),
            ("only-narrow", curve(planned, completed, now, NARROW)),
        ],
        "bars": bars,
        "largest": largest_step(bars),
        "away": step_bars(found.away),
        "behind": furthest_behind(offices),
    }


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def office(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The officers of one office against the learning objects of a course, a page at a time."""
    cohort = cohort_for(request.user, code)
    place = office_for(request.user, cohort, pk)
    visible = enrollments_visible_to(request.user, cohort).filter(office=place)
    form = BoardFilter(request.GET, enrollments=visible, has_places=False)
    choice = CourseChoice(request.GET, courses=courses_to_choose(cohort))
    content = content_in(cohort, choice.code)
    columns = columns_of(content) if content else []
    ordered = form.applied_to(visible).order_by("person__surname_1", "person__surname_2", "person__given_names", "pk")
    page = Paginator(ordered.select_related("person"), A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "cohort": cohort,
        "office": place,
        "form": form,
        "choice": choice,
        "columns": columns,
        "rows": learning_map(list(page), choice.code, columns) if columns else [],
        "page": page,
        "asked": asked.urlencode(),
    }
    return render(request, "curricula/board_office.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def officer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What one officer did in the cohort: days, attempts with their scores, what was decided. No answers."""
    cohort = cohort_for(request.user, code)
    enrollment = enrollment_for(request.user, code, pk)
    at_risk = officers_at_risk(cohort, Enrollment.objects.filter(pk=enrollment.pk))
    decisions = RiskDecision.objects.filter(enrollment=enrollment).select_related("decided_by")
    context = {
        "cohort": cohort,
        "enrollment": enrollment,
        "courses": learning_of_one(enrollment),
        "reasons": [sentence(reason) for row in at_risk for reason in row.reasons],
        "decisions": [(each, sentences_kept(each.reasons)) for each in decisions],
        "may_certify": may(request.user, Right.CERTIFY) and enrollment.person_id != request.user.pk,
    }
    return render(request, "curricula/officer_learning.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def items(request: HttpRequest, code: str) -> HttpResponse:
    """How difficult the items of a course were, over all officers of the cohort whom the reader may see.

    The filters of the board do not act here: with them, the mark of a single officer could be worked out.
    """
    cohort = cohort_for(request.user, code)
    choice = CourseChoice(request.GET, courses=courses_to_choose(cohort))
    content = content_in(cohort, choice.code)
    found = item_figures(content, enrollments_visible_to(request.user, cohort)) if content else []
    context = {"cohort": cohort, "choice": choice, "items": found, "least": LEAST_PERSONS}
    return render(request, "curricula/board_items.html", context)
