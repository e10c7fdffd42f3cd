"""What instructors, managers and officers do beside the courses: a few exercises, accommodations and evaluations.

A few of each, so that the pages have something to show and the round is filled no slower. All of it belongs to the
people and cohorts of the demonstration, which are labelled as such. Run again, it adds nothing.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from courses.content import content_of
from courses.models import Accommodation, CourseRecord, ExerciseAssessment, InstructorQualification
from courses.services.accommodations import grant_accommodation
from courses.services.assessments import Mark, hand_in_assessment, save_steps, start_assessment
from courses.services.qualifications import qualify_instructor
from curricula.evaluation import QUESTIONS
from curricula.models import Cohort, EvaluationGiven
from curricula.services.evaluating import evaluate_course
from people import clock
from people.models import User

INSTRUCTORS = {"autora@aduanas.example": "gestion@aduanas.example", "author@cbp.example": "manager@cbp.example"}
"""Who scores, and who says that they are qualified."""

COURSES = ("CO-105", "CO-108", "CO-110")
SCORED, ACCOMMODATED, EVALUATED = 40, 6, 40
REMARKS = {
    "es": ("Explicó cada paso en voz alta.", "Verifique el sello antes de fotografiar.", ""),
    "en": ("Explained each step aloud.", "Check the seal before taking the picture.", ""),
}


def hold_exercises(cohorts: Sequence[Cohort], *, seed: int = 2009) -> None:
    """Qualify two instructors; then score, accommodate and evaluate a few officers, each kind in one transaction."""
    draw = random.Random(seed)  # noqa: S311 (a made-up life, no secret)
    _qualify(min(cohort.opens_on for cohort in cohorts))
    for cohort in cohorts:
        _score(cohort, draw)
        _accommodate(cohort, draw)
        _evaluate(cohort, draw)


@transaction.atomic
def _qualify(since: dt.date) -> None:
    for email, manager in INSTRUCTORS.items():
        person, by = User.objects.get(email=email), User.objects.get(email=manager)
        for course in COURSES:
            for language in ("en", "es"):
                known = InstructorQualification.objects.filter(person=person, course_code=course, language=language)
                if not known.exists():
                    with clock.simulated(dt.datetime.combine(since, dt.time(14), dt.UTC)):
                        qualify_instructor(person=person, course_code=course, language=language, by=by)


@transaction.atomic
def _score(cohort: Cohort, draw: random.Random) -> None:
    """Officers who completed a course with exercises did them in the days after; one in eight did not pass."""
    records = CourseRecord.objects.filter(
        enrolled__enrollment__cohort=cohort, course__code__in=COURSES, completed_at__isnull=False, assessments=None
    )
    if ExerciseAssessment.objects.filter(record__enrolled__enrollment__cohort=cohort).exists():
        return
    found = records.select_related("course", "person__participant").defer("course__content").order_by("pk")
    instructors = {each.participant_id: each for each in User.objects.filter(email__in=INSTRUCTORS)}
    for record in found[:SCORED]:
        by = instructors.get(record.person.participant_id)
        for exercise in content_of(record.course.sha256).data.get("exercises", []):
            if by and record.completed_at:
                later = record.completed_at + dt.timedelta(hours=draw.randrange(2, 96))
                with clock.simulated(min(later, clock.now() - dt.timedelta(hours=1))):
                    _assess(record, exercise, by, draw)


def _assess(record: CourseRecord, exercise: dict[str, Any], by: User, draw: random.Random) -> None:
    language = record.person.preferred_language
    given = start_assessment(record=record, exercise_code=exercise["code"], language=language, by=by)
    fails = draw.random() < 0.12
    marks = {}
    for number, step in enumerate(exercise["steps"], start=1):
        points = 1 if draw.random() < 0.2 else 2
        marks[number] = Mark(0 if fails and step.get("critical") else points)
    first, remark = next(iter(marks)), draw.choice(REMARKS[language])
    marks[first] = Mark(marks[first].points, remark)
    save_steps(assessment=given, marks=marks, by=by)
    if not exercise["confirmed"]:
        hand_in_assessment(assessment=given, by=by)


@transaction.atomic
def _accommodate(cohort: Cohort, draw: random.Random) -> None:
    """Some officers have more time, some breaks; granted by the managers."""
    people = User.objects.filter(enrollments__cohort=cohort, is_active=True).order_by("pk")
    if Accommodation.objects.filter(person__enrollments__cohort=cohort).exists():
        return
    managers = {each.participant_id: each for each in User.objects.filter(email__in=INSTRUCTORS.values())}
    for person in people[5 : 5 + ACCOMMODATED]:
        by, has_breaks = managers.get(person.participant_id), draw.random() < 0.5
        if by:
            grant_accommodation(
                person=person, extra_time_percent=draw.choice([25, 50]), breaks_allowed=2 if has_breaks else 0,
                break_minutes=10 if has_breaks else 0, until_on=None, by=by,
            )  # fmt: skip


@transaction.atomic
def _evaluate(cohort: Cohort, draw: random.Random) -> None:
    """Officers say what they thought of the courses that they completed: most agree, some do not."""
    records = CourseRecord.objects.filter(enrolled__enrollment__cohort=cohort, completed_at__isnull=False)
    if EvaluationGiven.objects.filter(record__in=records).exists():
        return
    waiting = records.filter(evaluation=None).select_related("person").order_by("pk")
    for record in waiting[:EVALUATED]:
        answers = {question: draw.choices([5, 4, 3, 2], [5, 6, 2, 1])[0] for question in QUESTIONS}
        evaluate_course(record=record, answers=answers, by=record.person)
