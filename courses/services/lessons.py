"""Opening and completing a lesson."""

from __future__ import annotations

from django.db import transaction

from people import clock
from people.models import User

from ..exceptions import LessonNotOpened
from ..models import CourseRecord, LessonProgress
from .records import recount


@transaction.atomic(savepoint=False)
def open_lesson(*, record: CourseRecord, lesson_code: str, language: str, by: User) -> None:
    """Note that the lesson was opened and in which language; opening again only moves the place to resume.

    One row a lesson: the unique constraint decides between two tabs.
    """
    now = clock.now()
    progress = LessonProgress(record=record, lesson_code=lesson_code, language=language, opened_at=now)
    LessonProgress.objects.bulk_create(
        [progress], update_conflicts=True, unique_fields=["record", "lesson_code"], update_fields=["language"]
    )
    CourseRecord.objects.filter(pk=record.pk).update(
        opened_at=record.opened_at or now, last_activity_at=now, language=language, last_object_code=lesson_code
    )


@transaction.atomic
def complete_lesson(*, record: CourseRecord, lesson_code: str, language: str, by: User) -> bool:
    """Complete a lesson that was opened. True when this call completed it, False when it was complete already.

    Holds the record's row, so that the last two learning objects cannot both miss the end of the course.

    Raises:
        LessonNotOpened: it was never opened.
    """
    record = (
        CourseRecord.objects.select_for_update(of=("self",))
        .select_related("course")
        .defer("course__content")
        .get(pk=record.pk)
    )
    now = clock.now()
    progress = LessonProgress.objects.filter(record=record, lesson_code=lesson_code).first()
    if progress is None:
        raise LessonNotOpened
    if progress.completed_at:
        return False
    progress.completed_at, progress.language = now, language
    progress.save(update_fields=["completed_at", "language"])
    record.language, record.last_object_code = language, lesson_code
    recount(record, now)
    return True
