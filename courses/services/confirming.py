"""A second instructor confirms an assessment, or gives it back; and a final one is corrected by another."""

from __future__ import annotations

from django.db import transaction

from people import clock
from people.models import User

from ..exceptions import AssessmentClosed, CorrectedAlready, NobodyConfirmsOwnScores, ReasonOfCorrectionMissing
from ..models import AssessedStep, ExerciseAssessment
from .assessments import finish, locked_pair, locked_record, require_qualified, tell

State = ExerciseAssessment.State


@transaction.atomic
def confirm_assessment(*, assessment: ExerciseAssessment, by: User) -> ExerciseAssessment:
    """The result is final. A second time, by whoever, gives the same.

    Holds the record's row, then the assessment's; a constraint keeps `confirmed_by` from being who scored it.

    Raises:
        NobodyConfirmsOwnScores, NobodyAssessesThemself, NotQualified: who confirms.
        AssessmentClosed: it does not wait for anybody.
    """
    record, assessment = locked_pair(assessment)
    if assessment.state == State.FINAL and assessment.confirmed_by_id:
        return assessment
    _require_second(assessment, by)
    require_qualified(record=record, language=assessment.language, by=by)
    assessment.confirmed_by = by
    finish(assessment, record, by)
    return assessment


@transaction.atomic
def return_assessment(*, assessment: ExerciseAssessment, by: User) -> ExerciseAssessment:
    """Give it back to whoever scored it, to be looked at again. Nothing that was scored is lost.

    Holds the record's row, then the assessment's.

    Raises:
        As `confirm_assessment`.
    """
    record, assessment = locked_pair(assessment)
    _require_second(assessment, by)
    require_qualified(record=record, language=assessment.language, by=by)
    assessment.state, assessment.scored_at = State.OPEN, None
    assessment.save(update_fields=["state", "scored_at"])
    tell("returned", assessment, record, by)
    return assessment


@transaction.atomic
def correct_assessment(*, assessment: ExerciseAssessment, reason: str, by: User) -> ExerciseAssessment:
    """Another assessment under the same number, with the same scores to be changed. Until it is final the first counts.

    Holds the record's row: an assessment is corrected once, and a correction can itself be corrected.

    Raises:
        AssessmentClosed: it has no result yet. CorrectedAlready: there is a correction. ReasonOfCorrectionMissing.
        NobodyAssessesThemself, NotQualified: who corrects.
    """
    record = locked_record(assessment.record_id)
    require_qualified(record=record, language=assessment.language, by=by)
    assessment = ExerciseAssessment.objects.get(pk=assessment.pk)
    if not reason.strip():
        raise ReasonOfCorrectionMissing
    if assessment.state != State.FINAL:
        raise AssessmentClosed
    others = ExerciseAssessment.objects.filter(record=record, exercise_code=assessment.exercise_code)
    if hasattr(assessment, "correction") or others.going().exists():
        raise CorrectedAlready
    steps = list(AssessedStep.objects.filter(assessment=assessment))
    correction = ExerciseAssessment.objects.create(
        record=record, exercise_code=assessment.exercise_code, content_sha256=assessment.content_sha256,
        number=assessment.number, language=assessment.language, assessed_by=by, started_at=clock.now(),
        remarks=assessment.remarks, corrects=assessment, reason=reason.strip()[:300],
    )  # fmt: skip
    for step in steps:
        step.pk, step.assessment = None, correction
    AssessedStep.objects.bulk_create(steps)
    tell("correction_begun", correction, record, by)
    return correction


def _require_second(assessment: ExerciseAssessment, by: User) -> None:
    if assessment.state != State.WAITING:
        raise AssessmentClosed
    if assessment.assessed_by_id == by.pk:
        raise NobodyConfirmsOwnScores
