"""A reader's own bookmark and note at a lesson, and the heading where the reader is."""

from __future__ import annotations

from django.db import transaction

from people import clock
from people.models import User

from ..models import CourseRecord, LessonNote, LessonProgress

MOST_CHARACTERS = 4000


@transaction.atomic
def keep_note(
    *, person: User, course_code: str, lesson_code: str, text: str | None = None, is_bookmarked: bool | None = None
) -> None:
    """Write the note, set the bookmark, or both; what is None stays. What holds neither any more is removed.

    The person's own, so the record of who did what says nothing of it. Holds the row.
    """
    note, _ = LessonNote.objects.select_for_update().get_or_create(
        person=person,
        lesson_code=lesson_code,
        defaults={"course_code": course_code, "changed_at": clock.now()},
    )
    if text is not None:
        note.text = text[:MOST_CHARACTERS]
    if is_bookmarked is not None:
        note.is_bookmarked = is_bookmarked
    if not note.text and not note.is_bookmarked:
        note.delete()
        return
    note.changed_at = clock.now()
    note.save()


def keep_place(*, record: CourseRecord, lesson_code: str, place: str) -> None:
    """Remember the heading that was read last, so that another device goes on there. One statement."""
    LessonProgress.objects.filter(record=record, lesson_code=lesson_code).update(place=place)
