"""What the officers did before a workload begins; none of it is measured."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched

from django.db import transaction

from courses.content import content_of
from courses.models import Attempt, CourseRecord, LessonProgress
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from people import clock

from . import source
from .school import Officer, School

OFFICERS_A_TRANSACTION = 50


@transaction.atomic
def complete_lessons(school: School) -> None:
    """Every officer has completed every lesson: rows as the services leave them, written at once."""
    now = clock.now()
    courses = [place.course for place in school.edition.edition_courses.select_related("course")]
    codes = [code for course in courses for code in content_of(course.sha256).lesson_codes]
    rows = (
        LessonProgress(record_id=officer.record_id, lesson_code=code, language="es", opened_at=now, completed_at=now)
        for officer in school.officers
        for code in codes
    )
    for batch in batched(rows, 5000):
        LessonProgress.objects.bulk_create(
            batch,
            batch_size=2000,
            update_conflicts=True,
            unique_fields=["record", "lesson_code"],
            update_fields=["completed_at"],
        )
    records = CourseRecord.objects.filter(enrolled__enrollment__cohort=school.cohort, completed_at__isnull=True)
    records.update(objects_done=len(codes), opened_at=now, last_activity_at=now, last_object_code=codes[-1])


def finish_attempts(officers: Iterable[Officer]) -> int:
    """Those who have no attempt yet start, answer and hand in, by the services that the web calls. How many."""
    done = set(Attempt.objects.filter(state=Attempt.State.SUBMITTED).values_list("record_id", flat=True))
    waiting = [officer for officer in officers if officer.record_id not in done]
    for batch in batched(waiting, OFFICERS_A_TRANSACTION):
        with transaction.atomic():
            for officer in batch:
                _finish(officer)
    return len(waiting)


def _finish(officer: Officer) -> None:
    record = CourseRecord.objects.select_related("course", "person").get(pk=officer.record_id)
    quiz = content_of(record.course.sha256).quiz_codes[0]
    attempt = start_attempt(record=record, quiz_code=quiz, language="es", by=record.person)
    given = source.answers_of(officer.number, [place["item"] for place in attempt.layout])
    save_answers(attempt=attempt, given=given, language="es", by=record.person)
    submit_attempt(attempt=attempt, language="es", by=record.person)
