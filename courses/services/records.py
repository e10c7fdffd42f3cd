"""Course records: opened when a person is enrolled, brought forward whenever a learning object is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from people import clock
from people.models import User

from ..content import content_of
from ..models import CourseRecord, ExerciseAssessment, FrozenCourse, LessonProgress
from ..models.attempt import Attempt
from ..signals import course_completed


def open_records(*, person_ids: Iterable[int], course: FrozenCourse, by: User | None) -> list[CourseRecord]:
    """One new record for each person, in their order; one statement for all. The caller audits roster or enrollment.

    Nothing here asks whether the person has a record already: an enrollment has its own (see `curricula`).
    """
    total = content_of(course.sha256).objects_total
    now = clock.now()
    records = [CourseRecord(person_id=pk, course=course, objects_total=total, created_at=now) for pk in person_ids]
    return CourseRecord.objects.bulk_create(records, batch_size=2000)


def recount(record: CourseRecord, at: dt.datetime) -> None:
    """Bring a record up to date after something was done; sends `course_completed` once, when all is.

    The caller holds the lock on the record's row.
    """
    content = content_of(record.course.sha256)
    lessons = LessonProgress.objects.filter(
        record=record, completed_at__isnull=False, lesson_code__in=content.lesson_codes
    ).count()
    quizzes = (
        Attempt.objects.filter(record=record, passed=True, quiz_code__in=content.quiz_codes)
        .values("quiz_code")
        .distinct()
        .count()
    )
    exercises = _exercises_passed(record, content.exercise_codes)
    record.objects_done = max(record.objects_done, lessons + quizzes + exercises)
    record.last_activity_at = at
    finished = record.completed_at is None and record.objects_done == record.objects_total
    if finished:
        record.completed_at = at
    record.save(
        update_fields=[
            "objects_done",
            "last_activity_at",
            "completed_at",
            "score_percent",
            "language",
            "last_object_code",
        ]
    )
    if finished:
        course_completed.send(CourseRecord, record_id=record.pk, completed_at=at)


def _exercises_passed(record: CourseRecord, codes: list[str]) -> int:
    """How many of these exercises count as passed. One query where there are any."""
    if not codes:
        return 0
    passed = ExerciseAssessment.objects.final().filter(record=record, passed=True, exercise_code__in=codes)
    return passed.values("exercise_code").distinct().count()
