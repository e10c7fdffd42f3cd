"""Which course record a person may work in, whose attempts are theirs, whom they may accommodate.

What depends on an enrollment comes from above, through slots that are closed by default.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils.module_loading import import_string

from people import clock
from people.access import may, reach_of
from people.models import User
from people.roles import RIGHTS, Right

from .content import content_of
from .models import AssessedStep, Attempt, CourseRecord, ExerciseAssessment, InstructorQualification
from .quiz_rules import rules_of


class RecordSlot(Protocol):
    """Gives the record in which a person follows a course now, with its frozen course (content deferred), or None."""

    def __call__(self, user: User, course_code: str) -> CourseRecord | None: ...


class RecordsSlot(Protocol):
    """Gives all records that a person follows now, with their frozen courses (content deferred), one a course."""

    def __call__(self, user: User) -> list[CourseRecord]: ...


class ClosingSlot(Protocol):
    """Gives the last day of what a record belongs to; None when it never ends."""

    def __call__(self, record_id: int) -> dt.date | None: ...


def record_for(user: User, course_code: str) -> CourseRecord | None:
    """The person's open record in a course; None when the person does not follow it."""
    path = getattr(settings, "COURSES_RECORD_SLOT", None)
    return cast("RecordSlot", import_string(path))(user, course_code) if path else None


def records_of(user: User | AnonymousUser) -> list[CourseRecord]:
    """The person's open records, one a course; none for whoever is not signed in."""
    path = getattr(settings, "COURSES_RECORDS_SLOT", None)
    return cast("RecordsSlot", import_string(path))(user) if path and isinstance(user, User) else []


def attempt_of(user: User | AnonymousUser, attempt_id: int) -> Attempt:
    """The person's own attempt, or 404."""
    attempt = Attempt.objects.select_related("record").filter(pk=attempt_id, record__person=user.pk).first()
    if attempt is None:
        raise Http404
    return attempt


def own_evidence(user: User | AnonymousUser, assessment_id: int, number: int) -> str:
    """The place of a photo in the person's own final result of an exercise, or 404."""
    found = AssessedStep.objects.filter(
        assessment=assessment_id,
        assessment__record__person=user.pk,
        assessment__state=ExerciseAssessment.State.FINAL,
        number=number,
    ).exclude(photo="")
    place = found.values_list("photo", flat=True).first()
    if place is None:
        raise Http404
    return place


def key_opens_on(attempt: Attempt) -> dt.date | None:
    """The day after which the officer sees which answers were right, while it is still to come; None when it is open.

    Asked of an attempt that was handed in; costs a query only where the quiz waits for the end of the cohort.
    """
    quiz = content_of(attempt.content_sha256).quizzes_by_code.get(attempt.quiz_code, {"rules": {}})
    if rules_of(quiz)["feedback"] != "after_closing":
        return None
    path = getattr(settings, "COURSES_CLOSING_SLOT", None)
    closes_on = cast("ClosingSlot", import_string(path))(attempt.record_id) if path else None
    return closes_on if closes_on and closes_on >= clock.today() else None


def people_accommodated_by(user: User | AnonymousUser) -> QuerySet[User]:
    """The officers to whom a person may grant more time: those who may learn, within the reach of that right."""
    reach = reach_of(user, Right.ACCOMMODATE)
    roles = [role for role, rights in RIGHTS.items() if Right.LEARN in rights]
    learners = User.objects.filter(grants__role__in=roles, is_active=True).distinct()
    return learners.filter(reach.of()) if reach.everywhere or reach.participant else User.objects.none()


def people_qualified_by(user: User | AnonymousUser) -> QuerySet[User]:
    """The instructors whom a person may qualify: those who may score, within the reach of that right."""
    reach = reach_of(user, Right.QUALIFY)
    roles = [role for role, rights in RIGHTS.items() if Right.ASSESS in rights]
    instructors = User.objects.filter(grants__role__in=roles, is_active=True).distinct()
    return instructors.filter(reach.of()) if reach.everywhere or reach.participant else User.objects.none()


def qualifications_administered_by(user: User | AnonymousUser) -> QuerySet[InstructorQualification]:
    """The qualifications that a person sees and dates: of people within the reach of that right."""
    if not user.is_authenticated or not may(user, Right.QUALIFY):
        return InstructorQualification.objects.none()
    return InstructorQualification.objects.filter(reach_of(user, Right.QUALIFY).of("person__"))
