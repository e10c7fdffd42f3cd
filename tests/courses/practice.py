"""A school whose course has the practical exercise P9, with instructors who are qualified for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from courses.models import CourseExercise, CoursePage, CourseRecord, ExerciseAssessment, ExercisePage
from courses.services.assessments import Mark, hand_in_assessment, save_steps, start_assessment
from courses.services.qualifications import qualify_instructor
from curricula.services.editions import propose_edition
from people.models import User
from people.roles import Role
from tests.school import School

from .test_exercises import publish, write

ALL_DONE = {1: 2, 2: 2}


def school_with_exercise(school: School, *, required: bool = True, confirmed: bool = False, **rules: Any) -> School:
    """The school goes over to an edition in which the course has the exercise of two steps, the first critical."""
    write()
    page = ExercisePage.objects.get(code="P9").get_latest_revision_as_object()
    page.confirmed = confirmed
    for name, value in rules.items():
        setattr(page, name, value)
    page.save_revision()
    course = CoursePage.objects.get(code="CO-101").get_latest_revision_as_object()
    course.course_exercises = [CourseExercise(exercise=page, required=required)]
    course.save_revision()
    publish(school, propose_edition(curriculum=school.curriculum, by=None))
    return school


def instructor(school: School, side: str = "SHCP", language: str = "es", **more: Any) -> User:
    """An instructor of a side who is qualified for the course in a language."""
    person = school.person(side, Role.INSTRUCTOR, **more)
    qualify_instructor(person=person, course_code="CO-101", language=language, by=None)
    return person


def begin(record: CourseRecord, by: User, language: str = "es") -> ExerciseAssessment:
    return start_assessment(record=record, exercise_code="P9", language=language, by=by)


def score(assessment: ExerciseAssessment, by: User, points: Mapping[int, int] = ALL_DONE) -> ExerciseAssessment:
    """The steps marked and handed in."""
    save_steps(assessment=assessment, marks={number: Mark(value) for number, value in points.items()}, by=by)
    return hand_in_assessment(assessment=assessment, by=by)
