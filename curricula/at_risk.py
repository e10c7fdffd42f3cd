"""Which officers of a cohort are at risk, why, and what was decided: read in a number of queries that does not grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from courses.models import Attempt
from people import clock

from .models import Cohort, Enrollment, RiskDecision, RiskRule
from .models.cohort import EnrollmentQuerySet
from .officer_rows import OfficerRow, officer_rows
from .risk import FIRST_NUMBERS, Progress, Reason, reasons_of

Numbers = Mapping[str, int]
Failed = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class AtRisk:
    """An active officer at risk. `is_quiet`: the last decision still holds the question back."""

    enrollment: int
    office: int
    progress: Progress
    reasons: list[Reason]
    is_quiet: bool = False


def numbers_of(participant: int) -> dict[str, int]:
    """The rules that a Participant's officers are asked by, with their numbers. One query."""
    return _numbers([participant])[participant]


def officers_at_risk(
    cohort: Cohort, enrollments: EnrollmentQuerySet, rows: Iterable[OfficerRow] | None = None
) -> list[AtRisk]:
    """Of the enrollments that the reader may see: who is at risk today, longest away first. Five queries.

    Whoever has the rows of these enrollments already gives them, which saves two.
    """
    today = clock.today()
    rows = officer_rows(enrollments.active()) if rows is None else rows
    active = [row for row in rows if row.state == Enrollment.State.ACTIVE]
    asked = _Asked(cohort, today, _numbers({row.participant for row in active}))
    failed = _failed(enrollments.active())
    quiet = _quiet(cohort, today)
    found = [
        AtRisk(row.enrollment, row.office, progress, reasons, row.enrollment in quiet)
        for row in active
        if row.courses
        for progress, reasons in [asked.about(row, failed.get(row.enrollment, ()))]
        if reasons
    ]
    return sorted(found, key=lambda row: (row.progress.last_on or dt.date.min, row.enrollment))


class _Asked:
    """The rules, asked once for all officers of whom the same is known."""

    def __init__(self, cohort: Cohort, today: dt.date, numbers: Mapping[int, Numbers]) -> None:
        self.cohort, self.today, self.numbers = cohort, today, numbers
        self.known: dict[tuple[Any, ...], tuple[Progress, list[Reason]]] = {}

    def about(self, row: OfficerRow, failed: Failed) -> tuple[Progress, list[Reason]]:
        """What is known of an officer, and the reasons that hold."""
        key = (
            row.participant, row.enrolled_on, row.due_on, row.opened_on, row.last_on, row.objects_done,
            row.objects_total, tuple(failed),
        )  # fmt: skip
        if key not in self.known:
            progress = Progress(
                starts_on=max(self.cohort.opens_on, dt.date.fromisoformat(row.enrolled_on)),
                due_on=dt.date.fromisoformat(row.due_on) if row.due_on else self.cohort.closes_on,
                opened_on=dt.date.fromisoformat(row.opened_on) if row.opened_on else None,
                last_on=dt.date.fromisoformat(row.last_on) if row.last_on else None,
                done=row.objects_done,
                total=row.objects_total,
                failed=failed,
            )
            self.known[key] = progress, reasons_of(progress, self.numbers[row.participant], self.today)
        return self.known[key]


def _numbers(participants: Any) -> dict[int, dict[str, int]]:
    numbers = {participant: dict(FIRST_NUMBERS) for participant in participants}
    for rule in RiskRule.objects.filter(participant__in=numbers):
        if rule.is_on:
            numbers[rule.participant_id][rule.rule] = rule.number
        else:
            numbers[rule.participant_id].pop(rule.rule, None)
    return numbers


def _failed(active: EnrollmentQuerySet) -> dict[int, list[tuple[str, int]]]:
    """Quizzes that an officer handed in and never passed, with how often. Only records with a score and without a
    completion are looked into: nobody else has failed anything that still counts."""
    handed_in = Attempt.objects.filter(
        record__enrolled__enrollment__in=active,
        record__score_percent__isnull=False,
        record__completed_at=None,
        state=Attempt.State.SUBMITTED,
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


def _quiet(cohort: Cohort, today: dt.date) -> set[int]:
    """The enrollments whose last decision still holds; read by cohort, so that the statement does not grow."""
    decisions = RiskDecision.objects.filter(enrollment__cohort=cohort).order_by("decided_at", "pk")
    last = dict(decisions.values_list("enrollment", "quiet_until"))
    return {enrollment for enrollment, until in last.items() if until > today}


def last_decisions(enrollments: Iterable[int]) -> dict[int, RiskDecision]:
    """The last decision about each of a page of officers. One query."""
    decisions = RiskDecision.objects.filter(enrollment__in=list(enrollments)).order_by("decided_at", "pk")
    return {decision.enrollment_id: decision for decision in decisions}


def reasons_by_enrollment(cohort: Cohort, enrollment: Enrollment) -> list[Reason]:
    """Why one officer is at risk today."""
    one = Enrollment.objects.filter(pk=enrollment.pk)
    return next((row.reasons for row in officers_at_risk(cohort, one)), [])
