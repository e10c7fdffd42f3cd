"""What the board and the rules ask of every officer of a cohort, in one row each and two statements for all of them.

Days come as text (`2026-11-25`, UTC): with 15,000 officers, making dates of text costs more than everything else, and
few days differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, CharField, Count, F, Max, Min, Q, QuerySet, Sum, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Substr

from .models import EnrolledCourse
from .models.cohort import EnrollmentQuerySet


class OfficerRow(NamedTuple):
    """One enrollment. `opened_on` and `last_on` are None where nothing happened; counts are of all its courses."""

    enrollment: int
    participant: int
    office: int
    state: str
    enrolled_on: str
    completed_on: str | None
    due_on: str | None
    opened_on: str | None = None
    last_on: str | None = None
    objects_done: int = 0
    objects_total: int = 0
    courses_done: int = 0
    courses: int = 0
    completed: int = 0
    """A bit for each of the courses that were asked for, the first the lowest: set where it is completed."""


def officer_rows(enrollments: EnrollmentQuerySet, courses: Sequence[Sequence[int]] = ()) -> list[OfficerRow]:
    """The enrollments with what was done. `courses`: the frozen forms of each course whose completion is asked."""
    named = enrollments.order_by().annotate(
        enrolled_on=_day(F("enrolled_at")), completed_on=_day(F("completed_at")), due_text=_day(F("due_on"))
    )
    persons = named.values_list("pk", "participant", "office", "state", "enrolled_on", "completed_on", "due_text")
    done = _done(EnrolledCourse.objects.filter(enrollment__in=enrollments.order_by()), courses)
    return [OfficerRow(*person, *done.get(person[0], ())) for person in persons]


def _done(links: QuerySet[EnrolledCourse], courses: Sequence[Sequence[int]]) -> Mapping[int, tuple[Any, ...]]:
    completed = Q(record__completed_at__isnull=False)
    bits = [When(completed & Q(record__course__in=forms), then=1 << place) for place, forms in enumerate(courses)]
    rows = links.values("enrollment").annotate(
        opened_on=_day(Min("record__opened_at")),
        last_on=_day(Max("record__last_activity_at")),
        done=Sum("record__objects_done"),
        total=Sum("record__objects_total"),
        courses_done=Count("record__completed_at"),
        courses=Count("pk"),
        completed=Sum(Case(*bits, default=0, output_field=BigIntegerField())),
    )
    names = ("enrollment", "opened_on", "last_on", "done", "total", "courses_done", "courses", "completed")
    return {row[0]: row[1:] for row in rows.order_by("enrollment").values_list(*names)}


def _day(moment: Combinable) -> Substr:
    return Substr(Cast(moment, CharField()), 1, 10)
