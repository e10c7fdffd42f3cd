"""Which officers of a cohort are at risk, why, and what was decided: read in a number of queries that does not grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum

from courses.models import Attempt
from people import clock

from .models import Cohort, EnrolledCourse, Enrollment, RiskDecision, RiskRule
from .models.cohort import EnrollmentQuerySet
from .risk import FIRST_NUMBERS, Progress, Reason, reasons_of

Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AtRisk:
    """An active officer at risk. `decision` is the last one, `is_quiet` whether it still holds the question back."""

    enrollment: int
    office: int
    progress: Progress
    reasons: list[Reason]
    decision: RiskDecision | None = field(default=None, compare=False)
    is_quiet: bool = False


def numbers_of(participant: int) -> dict[str, int]:
    """The rules that a Participant's officers are asked by, with their numbers. One query."""
    return _numbers([participant])[participant]


def officers_at_risk(cohort: Cohort, enrollments: EnrollmentQuerySet) -> list[AtRisk]:
    """Of the enrollments that the reader may see: who is at risk today, longest away first. Five queries."""
    today = clock.today()
    columns = ("pk", "participant", "office", "enrolled_at", "due_on")
    active = {pk: rest for pk, *rest in enrollments.active().values_list(*columns)}
    numbers = _numbers({participant for participant, *_rest in active.values()})
    periods = {
        pk: (max(cohort.opens_on, enrolled_at.date()), due_on or cohort.closes_on)
        for pk, (_participant, _office, enrolled_at, due_on) in active.items()
    }
    progress = _progress(enrollments.active(), periods)
    found = []
    for pk, (participant, office, *_rest) in active.items():
        reasons = reasons_of(progress[pk], numbers[participant], today) if pk in progress else []
        if reasons:
            found.append((pk, office, reasons))
    decisions = _last_decisions([pk for pk, _office, _reasons in found], cohort)
    rows = [
        AtRisk(pk, office, progress[pk], reasons, decision, bool(decision and decision.quiet_until > today))
        for pk, office, reasons in found
        for decision in [decisions.get(pk)]
    ]
    return sorted(rows, key=lambda row: (row.progress.last_on or dt.date.min, row.enrollment))


def _numbers(participants: Any) -> dict[int, dict[str, int]]:
    numbers = {participant: dict(FIRST_NUMBERS) for participant in participants}
    for rule in RiskRule.objects.filter(participant__in=numbers):
        if rule.is_on:
            numbers[rule.participant_id][rule.rule] = rule.number
        else:
            numbers[rule.participant_id].pop(rule.rule, None)
    return numbers


def _progress(active: EnrollmentQuerySet, periods: Mapping[int, tuple[dt.date, dt.date]]) -> dict[int, Progress]:
    rows = (
        EnrolledCourse.objects.filter(enrollment__in=active)
        .values("enrollment")
        .annotate(
            opened=Min("record__opened_at"),
            last=Max("record__last_activity_at"),
            done=Sum("record__objects_done"),
            total=Sum("record__objects_total"),
        )
        .values_list("enrollment", "opened", "last", "done", "total")
    )
    failed = _failed(active)
    return {
        pk: Progress(
            starts_on=periods[pk][0],
            due_on=periods[pk][1],
            opened_on=opened.date() if opened else None,
            last_on=last.date() if last else None,
            done=done,
            total=total,
            failed=failed.get(pk, ()),
        )
        for pk, opened, last, done, total in rows
        if pk in periods
    }


def _failed(active: EnrollmentQuerySet) -> dict[int, list[tuple[str, int]]]:
    """Quizzes that an officer handed in and never passed, with how often."""
    handed_in = Attempt.objects.filter(
        record__enrolled__enrollment__in=active, state=Attempt.State.SUBMITTED, record__completed_at=None
    )
    rows = (
        handed_in.values("record__enrolled__enrollment", "quiz_code")
        .annotate(tried=Count("pk"), passed_ones=Count("pk", filter=Q(passed=True)))
        .filter(passed_ones=0)
        .order_by("quiz_code")
        .values_list("record__enrolled__enrollment", "quiz_code", "tried")
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for enrollment, quiz, tried in rows:
        found.setdefault(enrollment, []).append((quiz, tried))
    return found


def _last_decisions(enrollments: list[int], cohort: Cohort) -> dict[int, RiskDecision]:
    """The last decision about each; read by cohort, so that the statement does not grow."""
    wanted = set(enrollments)
    last: dict[int, RiskDecision] = {}
    found = RiskDecision.objects.filter(enrollment__cohort=cohort).order_by("decided_at", "pk")
    for decision in found.select_related("decided_by"):
        if decision.enrollment_id in wanted:
            last[decision.enrollment_id] = decision
    return last


def reasons_by_enrollment(cohort: Cohort, enrollment: Enrollment) -> list[Reason]:
    """Why one officer is at risk today."""
    one = Enrollment.objects.filter(pk=enrollment.pk)
    return next((row.reasons for row in officers_at_risk(cohort, one)), [])
