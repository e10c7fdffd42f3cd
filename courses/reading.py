"""Who reads what: the course as a reader meets it, with or without an enrollment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from people.access import may
from people.models import User
from people.roles import Right

from .access import record_for
from .content import CourseContent, content_of
from .models import Attempt, CoursePage, CourseRecord, ExerciseAssessment, LessonProgress


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's view of a course: the enrolled officer's frozen course, or the published one."""

    content: CourseContent
    sha256: str
    record: CourseRecord | None
    may_read: bool


def reader_of(user: User | AnonymousUser, course_slug: str) -> Reader:
    """The course for this reader; 404 when no such course is published.

    An enrolled officer reads the edition of the own cohort to the end, whatever is published meanwhile.
    """
    code = course_slug.upper()
    record = record_for(user, code) if user.is_authenticated else None
    if record:
        return Reader(content_of(record.course.sha256), record.course.sha256, record, True)
    page = (
        CoursePage.objects.live()
        .filter(code=code, published__isnull=False)
        .select_related("published")
        .defer("published__content")
        .first()
    )
    if page is None or page.published is None:
        raise Http404
    sha256 = page.published.sha256
    return Reader(content_of(sha256), sha256, None, user.is_authenticated and may(user, Right.READ_CURRICULA))


def lesson_of(user: User | AnonymousUser, course_slug: str, lesson_slug: str) -> tuple[Reader, dict[str, Any]]:
    """The course for this reader with one of its lessons; 404 when there is no such course or lesson."""
    reader = reader_of(user, course_slug)
    if lesson_slug not in reader.content.lessons:
        raise Http404
    return reader, reader.content.lessons[lesson_slug]


def missing_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of an outline, what is still to be completed."""
    return [row for row in rows if row["state"] != "done"]


def outline(reader: Reader) -> list[dict[str, Any]]:
    """Lessons, quizzes, then exercises that count, each with its state: `done`, `going`, `open` or `closed`.

    One query, one for attempts where there may be any, and one for exercises where some count.
    """
    progress: dict[str, LessonProgress] = {}
    passed: dict[str, Attempt] = {}
    if reader.record:
        progress = {p.lesson_code: p for p in LessonProgress.objects.filter(record=reader.record)}
    if reader.record and _may_have_attempts(reader.record, reader.content, progress):
        for attempt in Attempt.objects.filter(record=reader.record).defer("layout").order_by("number"):
            if attempt.quiz_code not in passed or not passed[attempt.quiz_code].passed:
                passed[attempt.quiz_code] = attempt
    rows = []
    for lesson in reader.content.data["lessons"]:
        row = progress.get(lesson["code"])
        state = "done" if row and row.completed_at else "going" if row else "open"
        rows.append(
            {
                "kind": "lesson",
                "code": lesson["code"],
                "slug": lesson["slug"],
                "number": lesson["number"],
                "title": lesson["title"],
                "minutes": lesson["minutes"],
                "state": state if reader.may_read else "closed",
                "progress": row,
            }
        )
    ready = all(row["state"] == "done" for row in rows)
    for quiz in reader.content.data["quizzes"]:
        best = passed.get(quiz["code"])
        state = "done" if best and best.passed else "going" if best else "open"
        rows.append(
            {
                "kind": "quiz",
                "code": quiz["code"],
                "slug": quiz["slug"],
                "title": quiz["title"],
                "rules": quiz["rules"],
                "state": state if reader.record and (ready or best) else "closed",
                "attempt": best,
            }
        )
    return rows + _exercise_rows(reader)


def _exercise_rows(reader: Reader) -> list[dict[str, Any]]:
    """The practical exercises that count towards completion."""
    exercises = [reader.content.exercises_by_code[code] for code in reader.content.exercise_codes]
    states: dict[str, str] = {}
    if exercises and reader.record:
        for each in ExerciseAssessment.objects.standing().filter(record=reader.record):
            states[each.exercise_code] = "done" if each.passed else states.get(each.exercise_code, "going")
    return [
        {
            "kind": "exercise",
            "code": exercise["code"],
            "slug": exercise["slug"],
            "title": exercise["title"],
            "state": states.get(exercise["code"], "open") if reader.may_read else "closed",
        }
        for exercise in exercises
    ]


def _may_have_attempts(record: CourseRecord, content: CourseContent, progress: dict[str, LessonProgress]) -> bool:
    """Whether a quiz may have been taken: it opens with the last lesson, and stays open in a newer edition."""
    done = sum(1 for code in content.lesson_codes if code in progress and progress[code].completed_at)
    is_ready = done == len(content.lesson_codes)
    return is_ready or record.objects_done > done or record.last_object_code in content.quiz_codes
