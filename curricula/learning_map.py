"""What officers of a cohort did, learning object by learning object: of a page of officers, and of one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from courses.content import CourseContent, content_of
from courses.models import Attempt, LessonProgress
from people.bilingual import choose

from .models import Cohort, EnrolledCourse, Enrollment
from .officer_rows import OfficerRow, officer_rows

NOT_OPENED: Final = "none"
OPENED: Final = "opened"
DONE: Final = "done"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Column:
    """A learning object: a lesson or a quiz, in reading order."""

    code: str
    title: str
    short: str
    """The code without that of its course."""


@dataclass(slots=True)
class Cell:
    """What one officer did with one learning object. `failed`: attempts handed in, none of them passed."""

    state: str = NOT_OPENED
    opened_at: dt.datetime | None = None
    done_at: dt.datetime | None = None
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return len([each for each in self.attempts if each.state == Attempt.State.SUBMITTED and not each.passed])


@dataclass(frozen=True, slots=True)
class MapRow:
    """An officer with a cell for each learning object; `row` counts over all courses."""

    enrollment: Enrollment
    row: OfficerRow
    cells: list[Cell]

    @property
    def last_on(self) -> dt.date | None:
        return dt.date.fromisoformat(self.row.last_on) if self.row.last_on else None


@dataclass(frozen=True, slots=True)
class CourseLearning:
    """A course of one officer: its record, and each learning object with what was done."""

    record: Any
    objects: list[tuple[Column, Cell]]


def courses_to_choose(cohort: Cohort) -> list[tuple[str, str]]:
    """Code and name of each course of a cohort, for a choice. One query."""
    places = cohort.edition.edition_courses.select_related("course").defer("course__content").order_by("position")
    return [(place.course.code, f"{place.course.code} · {place.course.title}") for place in places]


def columns_of(content: CourseContent) -> list[Column]:
    """The learning objects that completing the course asks for."""
    found = [*content.data["lessons"], *content.data["quizzes"]]
    prefix = f"{content.data['code']}-"
    return [Column(each["code"], choose(each["title"]), each["code"].removeprefix(prefix)) for each in found]


def content_in(cohort: Cohort, code: str) -> CourseContent | None:
    """The content of a course of the cohort's edition. One query, and one more the first time in a process."""
    places = cohort.edition.edition_courses.filter(course__code=code)
    sha256 = places.values_list("course__sha256", flat=True).first()
    return content_of(sha256) if sha256 else None


def learning_map(enrollments: Sequence[Enrollment], course: str, columns: Sequence[Column]) -> list[MapRow]:
    """The officers of a page against the learning objects of a course. Five queries."""
    chosen = Enrollment.objects.filter(pk__in=[each.pk for each in enrollments])
    rows = {row.enrollment: row for row in officer_rows(chosen)}
    links = EnrolledCourse.objects.filter(enrollment__in=chosen, record__course__code=course)
    records = dict(links.values_list("enrollment", "record"))
    cells = _cells(records.values())
    return [
        MapRow(each, rows[each.pk], [cells[records.get(each.pk, 0), column.code] for column in columns])
        for each in enrollments
    ]


def learning_of_one(enrollment: Enrollment) -> list[CourseLearning]:
    """All that one officer did in a cohort: days and scores, no answers. Three queries, and one for each course that
    the process has not read yet."""
    links = EnrolledCourse.objects.filter(enrollment=enrollment).select_related("record__course")
    records = [link.record for link in links.defer("record__course__content").order_by("position")]
    cells = _cells([record.pk for record in records])
    return [
        CourseLearning(
            record, [(column, cells[record.pk, column.code]) for column in columns_of(content_of(record.course.sha256))]
        )
        for record in records
    ]


def _cells(records: Iterable[int]) -> defaultdict[tuple[int, str], Cell]:
    """By record and learning object. Two queries."""
    cells: defaultdict[tuple[int, str], Cell] = defaultdict(Cell)
    wanted = list(records)
    for lesson in LessonProgress.objects.filter(record__in=wanted):
        state = DONE if lesson.completed_at else OPENED
        cells[lesson.record_id, lesson.lesson_code] = Cell(state, lesson.opened_at, lesson.completed_at)
    for attempt in Attempt.objects.filter(record__in=wanted).defer("layout", "flagged").order_by("number"):
        cell = cells[attempt.record_id, attempt.quiz_code]
        cell.attempts.append(attempt)
        cell.opened_at = cell.opened_at or attempt.started_at
        if attempt.passed:
            cell.done_at = cell.done_at or attempt.submitted_at
    for cell in cells.values():
        if cell.attempts:
            cell.state = DONE if cell.done_at else FAILED if cell.failed else OPENED
    return cells
