"""Records that go over to a newer content of their course: what was done keeps counting."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction

from people.models import User

from ..content import content_of
from ..models import Attempt, CourseRecord, ExerciseAssessment, FrozenCourse, LessonProgress
from ..signals import course_completed


def done_in(records: Sequence[CourseRecord], sha256: str) -> Counter[int]:
    """How many learning objects of a content each record has done, by the record's number. Two queries,
    and one where the content has exercises that count."""
    content = content_of(sha256)
    lessons = LessonProgress.objects.filter(
        record__in=records, completed_at__isnull=False, lesson_code__in=content.lesson_codes
    )
    quizzes = Attempt.objects.filter(record__in=records, passed=True, quiz_code__in=content.quiz_codes)
    done = Counter(lessons.values_list("record_id", flat=True))
    done.update(record for record, _ in set(quizzes.values_list("record_id", "quiz_code")))
    if content.exercise_codes:
        passed = ExerciseAssessment.objects.final().filter(
            record__in=records, passed=True, exercise_code__in=content.exercise_codes
        )
        done.update(record for record, _ in set(passed.values_list("record_id", "exercise_code")))
    return done


@transaction.atomic
def move_records(
    *, records: Sequence[CourseRecord], course: FrozenCourse, at: dt.datetime, by: User | None
) -> list[CourseRecord]:
    """Let records that are not completed follow another content of the same course. Gives those complete by that.

    Lessons and quizzes that were completed count where the new content still has them; an open attempt is marked
    against what it was drawn from. Nothing is said upward: the caller does, when all is in place (`say_completed`).
    Holds the records' rows; a fixed number of statements for each thousand. The caller audits.
    """
    locked = list(
        CourseRecord.objects.select_for_update(of=("self",)).filter(pk__in=[r.pk for r in records], completed_at=None)
    )
    done, total = done_in(locked, course.sha256), content_of(course.sha256).objects_total
    for record in locked:
        record.course, record.objects_total, record.objects_done = course, total, done[record.pk]
        record.completed_at = at if done[record.pk] == total else None
    CourseRecord.objects.bulk_update(
        locked, ["course", "objects_total", "objects_done", "completed_at"], batch_size=1000
    )
    return [record for record in locked if record.completed_at]


def say_completed(records: Iterable[CourseRecord]) -> None:
    """Say of each that it reached its end, inside the caller's transaction."""
    for record in records:
        course_completed.send(CourseRecord, record_id=record.pk, completed_at=record.completed_at)
