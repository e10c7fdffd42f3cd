"""Assessments of practical exercises as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from .checklist import MOST_POINTS, result_of
from .content import content_of
from .models import AssessedStep, CourseRecord, ExerciseAssessment


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of the frozen exercise with what was seen in it."""

    number: int
    text: dict[str, str]
    critical: bool
    points: int | None
    remark: str
    has_photo: bool

    @property
    def is_failed(self) -> bool:
        """A critical step without a point: the whole is not passed."""
        return self.critical and self.points == 0


@dataclass(frozen=True, slots=True)
class AssessmentShown:
    """An assessment with its exercise and its steps; `most` points at most."""

    assessment: ExerciseAssessment
    exercise: dict[str, Any]
    steps: list[StepShown]
    most: int

    @property
    def missing(self) -> list[int]:
        """The numbers of the steps without points."""
        return [step.number for step in self.steps if step.points is None]

    @property
    def critical_missed(self) -> list[int]:
        """The critical steps without a point, by their numbers; empty until every step has points."""
        points = {step.number: step.points for step in self.steps if step.points is not None}
        return result_of(self.exercise, points).critical_missed if len(points) == len(self.steps) else []


def shown(assessment: ExerciseAssessment) -> AssessmentShown:
    """One assessment; one query unless its steps were fetched before."""
    exercise = content_of(assessment.content_sha256).exercises_by_code[assessment.exercise_code]
    seen = {step.number: step for step in assessment.steps.all()}
    steps = []
    for number, step in enumerate(exercise["steps"], start=1):
        kept = seen.get(number) or AssessedStep(number=number)
        critical = bool(step.get("critical"))
        steps.append(StepShown(number, step, critical, kept.points, kept.remark, bool(kept.photo)))
    return AssessmentShown(assessment, exercise, steps, MOST_POINTS * len(steps))


def results_in(record: CourseRecord, exercise_code: str) -> list[AssessmentShown]:
    """What an officer reads of an exercise: final results with their steps, the newest first, corrected ones too.

    Two queries.
    """
    found = (
        ExerciseAssessment.objects.filter(
            record=record, exercise_code=exercise_code, state=ExerciseAssessment.State.FINAL
        )
        .select_related("assessed_by", "confirmed_by", "correction")
        .prefetch_related(Prefetch("steps", AssessedStep.objects.order_by("number")))
    )
    return [shown(each) for each in found.order_by("-number", "-pk")]


def latest_results(records: Iterable[CourseRecord] | Sequence[int]) -> list[AssessmentShown]:
    """The standing result of each exercise in these records, the newest first; without their steps. One query."""
    found = (
        ExerciseAssessment.objects.final()
        .filter(record__in=records)
        .select_related("record__course")
        .defer("record__course__content")
        .order_by("-final_at", "-pk")
    )
    latest: dict[tuple[int, str], AssessmentShown] = {}
    for each in found:
        exercise = content_of(each.content_sha256).exercises_by_code[each.exercise_code]
        most = MOST_POINTS * len(exercise["steps"])
        latest.setdefault((each.record_id, each.exercise_code), AssessmentShown(each, exercise, [], most))
    return list(latest.values())
