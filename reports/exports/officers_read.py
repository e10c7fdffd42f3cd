"""The officers of a cohort, read in portions, so that memory does not grow with the cohort.

Each portion of officers costs the same few statements; everything is read as plain values, in the order of the files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import batched
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F, FloatField, Max, QuerySet, TextField
from django.db.models.functions import Cast, Substr

from certificates.models import Credential
from courses.models import Attempt, ExerciseAssessment, FrozenCourse, LessonProgress
from curricula.models import Cohort, EnrolledCourse, Enrollment
from people.bilingual import active

from ..moment import one_moment
from .shape import Row

PORTION = 2000
"""How many officers are read at once."""


class Officer(NamedTuple):
    """An enrollment as the files need it."""

    pk: int
    person_id: int
    officer_number: str
    surname_1: str
    surname_2: str
    given_names: str
    email: str
    participant: str
    agency: str
    office: str
    language: str
    state: str
    enrolled_on: str
    completed_on: str | None
    withdrawn_on: str | None


class Link(NamedTuple):
    """An officer's record in a course."""

    record: int
    opened_on: str | None
    completed_on: str | None
    done: int
    total: int
    score: Any


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tables of one export share. `named` tells whether officers stand in them with their names."""

    cohort: Cohort
    enrollments: QuerySet[Enrollment]
    named: bool
    courses: list[FrozenCourse] = field(default_factory=list)

    @classmethod
    def of(cls, cohort: Cohort, enrollments: QuerySet[Enrollment], *, named: bool) -> Reading:
        links = cohort.edition.edition_courses.select_related("course").order_by("position")
        return cls(cohort, enrollments, named, [link.course for link in links])

    def portions(self, size: int = PORTION) -> Iterator[list[Officer]]:
        """The officers by place and name, all seen at one moment."""
        found = self.enrollments.order_by(
            "participant__position", "agency__code", "office__code", "person__surname_1", "person__surname_2",
            "person__given_names", "pk",
        ).values_list(
            "pk", "person_id", "person__officer_number", "person__surname_1", "person__surname_2",
            "person__given_names", "person__email", "participant__code", "agency__code", f"office__name_{active()}",
            "language", "state", day_of("enrolled_at"), day_of("completed_at"), day_of("withdrawn_at"),
        )  # fmt: skip
        with one_moment():
            for portion in batched(found.iterator(chunk_size=size), size):
                yield [Officer._make(row) for row in portion]

    def who(self, officer: Officer) -> Row:
        """The first columns of a row: with names, or with a pseudonym and without the office."""
        if self.named:
            return officer[2:10]
        return (self.pseudonym(officer.person_id), officer.participant, officer.agency)

    def pseudonym(self, person_id: int) -> str:
        """Twelve characters that lead to nobody without the installation's key, and differ from cohort to cohort."""
        said = f"{self.cohort.pk}:{person_id}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), b"export:" + said, hashlib.sha256).hexdigest()[:12]

    def links(self, officers: Sequence[Officer]) -> dict[int, dict[str, Link]]:
        """The course records by enrollment and course. One query."""
        found: dict[int, dict[str, Link]] = defaultdict(dict)
        rows = EnrolledCourse.objects.filter(enrollment__in=_keys(officers)).values_list(
            "enrollment_id", "record__course__code", "record_id", day_of("record__opened_at"),
            day_of("record__completed_at"), "record__objects_done", "record__objects_total",
            Cast("record__score_percent", FloatField()),
        )  # fmt: skip
        for enrollment, course, *values in rows:
            found[enrollment][course] = Link._make(values)
        return found

    def records(self, officers: Sequence[Officer]) -> dict[int, dict[str, int]]:
        """The same, but only the keys of the records."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        rows = EnrolledCourse.objects.filter(enrollment__in=_keys(officers))
        for enrollment, course, record in rows.values_list("enrollment_id", "record__course__code", "record_id"):
            found[enrollment][course] = record
        return found

    def done(self, officers: Sequence[Officer]) -> dict[tuple[int, str], str]:
        """On which day a record's learning object was completed. Three queries."""
        of_these = {"record__enrolled__enrollment__in": _keys(officers)}
        lessons = LessonProgress.objects.filter(completed_at__isnull=False, **of_these)
        found = {
            (record, code): day
            for record, code, day in lessons.values_list("record_id", "lesson_code", day_of("completed_at"))
        }
        quizzes = Attempt.objects.filter(passed=True, **of_these).values_list("record_id", "quiz_code").order_by()
        for record, code, at in quizzes.annotate(at=Max("submitted_at")):
            found[record, code] = at.date().isoformat()
        exercises = ExerciseAssessment.objects.final().filter(passed=True, **of_these)
        passed = exercises.values_list("record_id", "exercise_code", "final_at")
        return found | {(record, code): at.date().isoformat() for record, code, at in passed if at}

    def first_attempts(self, officers: Sequence[Officer]) -> dict[int, bool | None]:
        """Whether the first attempt of a record was passed; records without one are not there."""
        of_these = {"record__enrolled__enrollment__in": _keys(officers)}
        first = Attempt.objects.filter(number=1, state=Attempt.State.SUBMITTED, **of_these)
        return dict(first.values_list("record_id", "passed"))

    def credentials(self, officers: Sequence[Officer]) -> dict[int, str]:
        """The number of the certificate that stands, by person. Those of erased people are left out: a number would
        lead from a pseudonym to a name."""
        moved = Enrollment.objects.filter(cohort=self.cohort, kept_edition__isnull=False)
        kept = moved.values_list("kept_edition", flat=True).distinct()
        found = Credential.objects.filter(
            edition__in=[self.cohort.edition_id, *kept],
            person__in=[officer.person_id for officer in officers],
            person__erased_at__isnull=True,
        ).order_by("issued_at", "pk")
        latest = {person: (number, at) for person, number, at in found.values_list("person_id", "number", "revoked_at")}
        return {person: number for person, (number, revoked_at) in latest.items() if not revoked_at}


def day_of(name: str) -> Substr:
    """The day (UTC) of a moment as text, cut by the database: much faster than a moment made of each."""
    return Substr(Cast(F(name), TextField()), 1, 10)


@lru_cache(maxsize=4096)
def day(text: str | None) -> dt.date | None:
    """The day that such a text says."""
    return dt.date.fromisoformat(text) if text else None


def _keys(officers: Sequence[Officer]) -> list[int]:
    return [officer.pk for officer in officers]
