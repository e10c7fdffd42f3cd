"""What a move to a newer edition changes for the trainees of a cohort, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courses.content import CourseContent, content_of
from courses.models import CourseRecord
from courses.services.moving import done_in

from .differences import differences
from .models import Cohort, CurriculumEdition, EditionCourse, EnrolledCourse
from .models.cohort import EnrollmentQuerySet


@dataclass(frozen=True, slots=True)
class CourseMove:
    """One course: `same`, `changed`, `added` or `removed`; learning objects that are new, gone or changed; and persons.

    `stays_completed` completed it and keep the text they read; `follows` go over; `keeps_lessons` are lessons and
    quizzes done by them that keep counting; `falls` are those whose percentage is lower afterwards.
    """

    code: str
    title: dict[str, str]
    change: str
    new: list[str]
    gone: list[str]
    changed: list[str]
    items_changed: int
    stays_completed: int
    follows: int
    keeps: int
    loses: int
    falls: int


@dataclass(frozen=True, slots=True)
class MovePreview:
    """The whole move. Counts are persons within the reader's reach."""

    active: int
    completed: int
    falls: int
    courses: list[CourseMove]


def move_preview(cohort: Cohort, edition: CurriculumEdition, enrollments: EnrollmentQuerySet) -> MovePreview:
    """What changes for the enrollments that the reader may see. Three queries for each course that differs."""
    old, new = _contents(cohort.edition), _contents(edition)
    links = EnrolledCourse.objects.filter(enrollment__in=enrollments.following())
    records: dict[str, list[CourseRecord]] = {}
    for link in links.select_related("record__course").defer("record__course__content"):
        records.setdefault(link.record.course.code, []).append(link.record)
    found = [_move(code, old.get(code), new.get(code), records.get(code, [])) for code in [*new, *(old.keys() - new)]]
    return MovePreview(
        active=enrollments.following().count(),
        completed=enrollments.completed().count(),
        falls=len({person for _, falling in found for person in falling}),
        courses=[course for course, _ in found],
    )


def _contents(edition: CurriculumEdition) -> dict[str, tuple[str, CourseContent]]:
    places = EditionCourse.objects.filter(edition=edition).order_by("position")
    return {code: (sha256, content_of(sha256)) for code, sha256 in places.values_list("course__code", "course__sha256")}


def _move(
    code: str,
    old: tuple[str, CourseContent] | None,
    new: tuple[str, CourseContent] | None,
    records: list[CourseRecord],
) -> tuple[CourseMove, set[int]]:
    before, after = _codes(old), _codes(new)
    open_records = [record for record in records if record.completed_at is None]
    is_same = bool(old and new and old[0] == new[0])
    done = done_in(open_records, new[0]) if new and open_records and not is_same else {}
    total = new[1].objects_total if new else 0
    falling = {
        record.person_id
        for record in open_records
        if done is not None and not is_same and new and done.get(record.pk, 0) * 100 // total < record.percent
    }
    kept = sum(done.values())
    found = differences([old[1].data], [new[1].data]) if old and new and not is_same else []
    title: dict[str, Any] = (new or old or ("", None))[1].data["title"]  # type: ignore[union-attr]
    move = CourseMove(
        code=code,
        title=title,
        change="same" if is_same else "added" if not old else "removed" if not new else "changed",
        new=[each for each in after if each not in before] if old else [],
        gone=[each for each in before if each not in after] if new else [],
        changed=[
            each.code for each in found if each.kind in {"lesson", "exercise", "quiz"} and each.change == "changed"
        ],
        items_changed=sum(1 for each in found if each.kind == "item"),
        stays_completed=len(records) - len(open_records),
        follows=len(open_records),
        keeps=kept,
        loses=sum(record.objects_done for record in open_records) - kept if new and not is_same else 0,
        falls=len(falling),
    )
    return move, falling


def _codes(content: tuple[str, CourseContent] | None) -> list[str]:
    return [*content[1].lesson_codes, *content[1].exercise_codes, *content[1].quiz_codes] if content else []
