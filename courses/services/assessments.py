"""Practical exercises: started before an officer, scored step by step, handed in. The result comes once and stays."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.db import transaction

from people import audit, clock
from people.models import User

from ..checklist import MOST_POINTS, opens_again_at, result_of, rules_of_exercise, steps_missing
from ..content import content_of
from ..exceptions import (
    AssessmentClosed,
    AssessmentOfAnother,
    ExercisePassed,
    NoAssessmentsLeft,
    NobodyAssessesThemself,
    NotQualified,
    NotYetAgain,
    StepNotReadable,
    StepsMissing,
)
from ..models import AssessedStep, CourseRecord, ExerciseAssessment, SavedSteps
from ..qualified import is_qualified
from .evidence import evidence_of, forget_photos, keep_photo
from .records import recount

State = ExerciseAssessment.State
MOST_REMARK = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """What an instructor saw in a step: 0, 1 or 2 points (None: not looked at yet), a remark, a photo to keep."""

    points: int | None = None
    remark: str = ""
    photo: File[bytes] | None = None


@transaction.atomic
def start_assessment(*, record: CourseRecord, exercise_code: str, language: str, by: User) -> ExerciseAssessment:
    """The instructor's open assessment of an officer in an exercise, or a new one.

    Holds the record's row: two tablets get the same one, and nobody is assessed more often than allowed.

    Raises:
        NobodyAssessesThemself, NotQualified: who scores. AssessmentOfAnother: a colleague scores this officer now.
        ExercisePassed: there is nothing left to show. NoAssessmentsLeft, NotYetAgain: the rule of the exercise.
    """
    record = locked_record(record.pk)
    require_qualified(record=record, language=language, by=by)
    done = list(ExerciseAssessment.objects.filter(record=record, exercise_code=exercise_code).order_by("number", "pk"))
    going = next((each for each in done if each.state != State.FINAL), None)
    if going:
        if going.assessed_by_id != by.pk or going.state != State.OPEN:
            raise AssessmentOfAnother(name=going.assessed_by.full_name)
        return going
    exercise = content_of(record.course.sha256).exercises_by_code[exercise_code]
    numbers = {each.number for each in done}
    corrected = {each.corrects_id for each in done}
    counting = [each for each in done if each.pk not in corrected]
    if any(each.passed for each in counting):
        raise ExercisePassed
    allowed = rules_of_exercise(exercise)["attempts_allowed"]
    if len(numbers) >= allowed:
        raise NoAssessmentsLeft(allowed=allowed)
    scored = [each.scored_at for each in done if each.scored_at and each.corrects_id is None]
    opens_at = opens_again_at(exercise, max(scored, default=None))
    now = clock.now()
    if opens_at and now < opens_at:
        raise NotYetAgain(date=f"{opens_at:%Y-%m-%d}", time=f"{opens_at:%H:%M}")
    return _open(record, exercise_code, len(numbers) + 1, language, by, now)


@transaction.atomic
def save_steps(
    *,
    assessment: ExerciseAssessment,
    marks: Mapping[int, Mark],
    by: User,
    remarks: str | None = None,
    key: uuid.UUID | None = None,
) -> list[int]:
    """Keep what was seen in steps, by their numbers from 1, and the general remarks (None: as they were).

    All or nothing; gives the numbers that are safe. A saving with a `key` counts once, however often it is sent. A
    step without a new photo keeps the one it has. Holds the assessment's row.

    Raises:
        AssessmentClosed: it was handed in. AssessmentOfAnother: `by` does not score it. StepNotReadable: which step.
        UploadRefused: a photo is none that is taken.
    """
    assessment = ExerciseAssessment.objects.select_for_update().get(pk=assessment.pk)
    if key and SavedSteps.objects.filter(assessment=assessment, key=key).exists():
        return list(marks)
    _require_own_open(assessment, by)
    count = len(exercise_of(assessment)["steps"])
    for number, mark in marks.items():
        if not 1 <= number <= count or (mark.points is not None and not 0 <= mark.points <= MOST_POINTS):
            raise StepNotReadable(number=number)
    now = clock.now()
    known = {step.number: step for step in AssessedStep.objects.filter(assessment=assessment)}
    rows = []
    for number, mark in marks.items():
        kept = known[number].photo if number in known else ""
        photo = keep_photo(assessment=assessment, file=mark.photo) if mark.photo else kept
        row = AssessedStep(
            assessment=assessment, number=number, points=mark.points, remark=mark.remark.strip()[:MOST_REMARK],
            photo=photo, marked_at=now,
        )  # fmt: skip
        if number not in known or _seen(known[number]) != _seen(row):
            rows.append(row)
    AssessedStep.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "number"],
        update_fields=["points", "remark", "photo", "marked_at"],
    )
    if remarks is not None and remarks.strip() != assessment.remarks:
        assessment.remarks = remarks.strip()
        assessment.save(update_fields=["remarks"])
    if key:
        SavedSteps.objects.create(assessment=assessment, key=key, saved_at=now)
    return list(marks)


@transaction.atomic
def hand_in_assessment(*, assessment: ExerciseAssessment, by: User) -> ExerciseAssessment:
    """Hand the scores in: the result is final, or waits for a second instructor where the exercise asks for one.

    A second time gives the same. Holds the record's row, then the assessment's.

    Raises:
        AssessmentOfAnother: `by` does not score it. NotQualified: not any more. StepsMissing: which have no points.
    """
    record, assessment = locked_pair(assessment)
    if assessment.assessed_by_id != by.pk:
        raise AssessmentOfAnother(name=assessment.assessed_by.full_name)
    if assessment.state != State.OPEN:
        return assessment
    require_qualified(record=record, language=assessment.language, by=by)
    exercise = exercise_of(assessment)
    points = points_of(assessment)
    if missing := steps_missing(exercise, points):
        raise StepsMissing(steps=", ".join(map(str, missing)))
    assessment.scored_at = clock.now()
    if exercise["confirmed"]:
        assessment.state = State.WAITING
        assessment.save(update_fields=["state", "scored_at"])
        tell("handed_in", assessment, record, by)
    else:
        finish(assessment, record, by)
    return assessment


@transaction.atomic
def discard_assessment(*, assessment: ExerciseAssessment, by: User) -> None:
    """Throw away scores that were not handed in: the wrong officer, an exercise that was broken off.

    It counts as no attempt. Holds the assessment's row.

    Raises:
        AssessmentClosed: it was handed in. AssessmentOfAnother: `by` does not score it.
    """
    record, assessment = locked_pair(assessment)
    _require_own_open(assessment, by)
    tell("discarded", assessment, record, by)
    place = evidence_of(assessment)
    assessment.delete()
    transaction.on_commit(lambda: forget_photos(place))


def finish(assessment: ExerciseAssessment, record: CourseRecord, by: User) -> None:
    """Give the result, for good, and bring the course record up to date. The caller holds both rows."""
    result = result_of(exercise_of(assessment), {n: p for n, p in points_of(assessment).items() if p is not None})
    assessment.state, assessment.final_at = State.FINAL, clock.now()
    assessment.points, assessment.score_percent, assessment.passed = result.points, result.percent, result.passed
    assessment.save(
        update_fields=["state", "scored_at", "final_at", "points", "score_percent", "passed", "confirmed_by"]
    )
    record.last_object_code = record.last_object_code or assessment.exercise_code
    recount(record, assessment.final_at)
    tell("final", assessment, record, by)


def require_qualified(*, record: CourseRecord, language: str, by: User) -> None:
    """Let a qualified instructor pass who is not the officer.

    Raises:
        NobodyAssessesThemself, NotQualified.
    """
    if record.person_id == by.pk:
        raise NobodyAssessesThemself
    if not is_qualified(person=by, course=record.course.code, language=language, on=clock.today()):
        raise NotQualified(course=record.course.code)


def exercise_of(assessment: ExerciseAssessment) -> dict[str, Any]:
    """The canonical exercise that an assessment is scored against."""
    return content_of(assessment.content_sha256).exercises_by_code[assessment.exercise_code]


def points_of(assessment: ExerciseAssessment) -> dict[int, int | None]:
    """The points given so far, by the number of the step. One query."""
    return dict(AssessedStep.objects.filter(assessment=assessment).values_list("number", "points"))


def locked_record(pk: int) -> CourseRecord:
    """A course record with its row held."""
    rows = CourseRecord.objects.select_for_update(of=("self",)).select_related("course", "person")
    return rows.defer("course__content").get(pk=pk)


def locked_pair(assessment: ExerciseAssessment) -> tuple[CourseRecord, ExerciseAssessment]:
    """An assessment and its record with both rows held, the record's first."""
    record = locked_record(assessment.record_id)
    return record, ExerciseAssessment.objects.select_for_update().get(pk=assessment.pk)


def tell(what: str, assessment: ExerciseAssessment, record: CourseRecord, by: User) -> None:
    """Write into the record of who did what: codes and numbers, no remark."""
    data = {"record": record.pk, "exercise": assessment.exercise_code, "number": assessment.number}
    audit.record(f"courses.assessment.{what}", assessment, by=by, data=data, concerns=record.person.participant_id)


def _open(
    record: CourseRecord, exercise_code: str, number: int, language: str, by: User, now: dt.datetime
) -> ExerciseAssessment:
    assessment = ExerciseAssessment.objects.create(
        record=record, exercise_code=exercise_code, content_sha256=record.course.sha256, number=number,
        language=language, assessed_by=by, started_at=now,
    )  # fmt: skip
    tell("started", assessment, record, by)
    return assessment


def _require_own_open(assessment: ExerciseAssessment, by: User) -> None:
    if assessment.state != State.OPEN:
        raise AssessmentClosed
    if assessment.assessed_by_id != by.pk:
        raise AssessmentOfAnother(name=assessment.assessed_by.full_name)


def _seen(step: AssessedStep) -> tuple[Any, ...]:
    return step.points, step.remark, step.photo
