"""What an instructor scores: exercises by cohort, and the officers of one. Query counts do not grow with the cohort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from courses.content import content_of
from courses.models import ExerciseAssessment
from people.models import User
from people.selectors import named_like

from .access import assessments_of, enrolled_courses_assessed_by
from .models import Cohort, EnrolledCourse

State = ExerciseAssessment.State


@dataclass(frozen=True, slots=True)
class CohortExercise:
    """An exercise of a course that a cohort follows."""

    cohort: Cohort
    course: dict[str, Any]
    exercise: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer, the last assessment that stands, and how many times the exercise was done."""

    link: EnrolledCourse
    last: ExerciseAssessment | None
    attempts: int


def exercises_to_score(user: User) -> list[CohortExercise]:
    """The exercises of all courses and cohorts that the instructor may score, running cohorts first. Two queries."""
    links = enrolled_courses_assessed_by(user)
    pairs = set(links.values_list("enrollment__cohort", "record__course__sha256"))
    cohorts = Cohort.objects.in_bulk({cohort for cohort, _sha256 in pairs})
    found: dict[tuple[int, str, str], CohortExercise] = {}
    for cohort, sha256 in sorted(pairs):
        data = content_of(sha256).data
        for exercise in data.get("exercises", []):
            found[cohort, data["code"], exercise["code"]] = CohortExercise(cohorts[cohort], data, exercise)
    return sorted(
        found.values(),
        key=lambda each: (-each.cohort.opens_on.toordinal(), each.cohort.code, each.course["code"]),
    )


def exercise_to_score(user: User, cohort: str, course: str, exercise: str) -> CohortExercise | None:
    """One of them, by the codes; None for whoever may not score it. Two queries."""
    asked = (cohort, course, exercise)
    found = exercises_to_score(user)
    return next((e for e in found if (e.cohort.code, e.course["code"], e.exercise["code"]) == asked), None)


def waiting_for(user: User) -> tuple[list[ExerciseAssessment], list[ExerciseAssessment]]:
    """Own assessments that are open, and those of colleagues that wait for a second instructor. Two queries."""
    found = assessments_of(user).select_related("record__person", "record__course", "assessed_by")
    found = found.defer("record__course__content").order_by("started_at")
    own = list(found.filter(state=State.OPEN, assessed_by=user))
    return own, list(found.filter(state=State.WAITING).exclude(assessed_by=user)[:100])


def officers_of(user: User, cohort: Cohort, course_code: str, sought: str) -> QuerySet[EnrolledCourse]:
    """The officers of a cohort whose exercises in a course the instructor may score, by name; `sought` narrows them."""
    links = enrolled_courses_assessed_by(user).filter(enrollment__cohort=cohort, record__course__code=course_code)
    links = links.filter(named_like(sought, "enrollment__person__"))
    return (
        links.exclude(enrollment__person=user)
        .select_related("enrollment__person", "enrollment__office", "record__course")
        .defer("record__course__content")
        .order_by(
            "enrollment__person__surname_1", "enrollment__person__surname_2", "enrollment__person__given_names", "pk"
        )
    )


def rows_of(links: list[EnrolledCourse], exercise_code: str) -> list[OfficerRow]:
    """Each officer with the last assessment of an exercise. One query."""
    standing = ExerciseAssessment.objects.standing().filter(
        record__in=[link.record_id for link in links], exercise_code=exercise_code
    )
    by_record: dict[int, list[ExerciseAssessment]] = {}
    for each in standing.select_related("assessed_by").order_by("number", "pk"):
        by_record.setdefault(each.record_id, []).append(each)
    rows = []
    for link in links:
        done = by_record.get(link.record_id, [])
        rows.append(OfficerRow(link, done[-1] if done else None, len({each.number for each in done})))
    return rows
