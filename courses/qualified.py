"""Who is qualified to hold a session of a course and to score its exercises."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from people.models import User

from .models import InstructorQualification


def qualified_on(*, course: str, language: str, on: dt.date) -> QuerySet[User]:
    """The people in use who are qualified on a day for the course of that code in that language, of both sides.

    The caller narrows them to its reach.
    """
    holding = InstructorQualification.objects.on(on).filter(course_code=course, language=language)
    return User.objects.filter(is_active=True, pk__in=holding.values("person"))


def is_qualified(*, person: User, course: str, language: str, on: dt.date) -> bool:
    """Whether a person is qualified on a day for the course of that code in that language. One query."""
    holding = InstructorQualification.objects.on(on)
    return holding.filter(person=person, course_code=course, language=language).exists()


def languages_of(*, person: User, course: str, on: dt.date) -> set[str]:
    """The languages in which a person is qualified for a course on a day. One query."""
    holding = InstructorQualification.objects.on(on).filter(person=person, course_code=course)
    return set(holding.values_list("language", flat=True))
