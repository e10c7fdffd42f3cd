"""What officers think of the courses of a cohort: counts of a Participant, small ones withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from curricula.evaluation import AGREES, QUESTIONS
from curricula.models import Cohort, EnrolledCourse, Enrollment, EvaluationTally
from people import clock

from .disclosure import DEFAULT_CELL, is_small


@dataclass(frozen=True, slots=True)
class Opinion:
    """Of one question, how many of `said` agreed, in percent; None where a count is too small to be shown."""

    words: Any
    agree_percent: int | None
    said: int | None


@dataclass(frozen=True, slots=True)
class CourseOpinion:
    """A course with how many of those who completed it have answered; None where a count is too small."""

    code: str
    title_en: str
    title_es: str
    answered: int | None
    completed: int | None
    rate_percent: int | None
    opinions: list[Opinion]


def evaluations_of(cohort: Cohort, participant: int | None) -> list[CourseOpinion]:
    """One row a course of the cohort, over the officers of a Participant (None: of both). Two queries.

    Opinions are there when the cohort has closed and nobody can answer any more: counts that grow from one look to the
    next would tell what the last officer said.
    """
    side = {"participant": participant} if participant else {}
    links = EnrolledCourse.objects.filter(
        enrollment__in=Enrollment.objects.filter(cohort=cohort, **side).exclude(
            state__in=[Enrollment.State.WITHDRAWN, Enrollment.State.TRANSFERRED]
        )
    )
    rates = (
        links.values("record__course__code", "record__course__title_en", "record__course__title_es")
        .annotate(
            completed=Count("pk", filter=Q(record__completed_at__isnull=False)),
            answered=Count("pk", filter=Q(record__evaluation__isnull=False)),
        )
        .order_by("record__course__code")
    )
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    if cohort.closes_on < clock.today():
        tallies = EvaluationTally.objects.filter(cohort=cohort, **side).values("course_code", "question", "value")
        for row in tallies.annotate(n=Sum("count")):
            counts[row["course_code"], row["question"]][row["value"] < AGREES] += row["n"]
    return [_course(row, counts) for row in rates]


def _course(row: Mapping[str, Any], counts: dict[tuple[str, str], list[int]]) -> CourseOpinion:
    code, answered, completed = row["record__course__code"], row["answered"], row["completed"]
    is_shown = completed >= DEFAULT_CELL and not is_small((answered, completed - answered), DEFAULT_CELL)
    opinions = []
    for question, words in QUESTIONS.items():
        agree, other = counts[code, question]
        said = agree + other
        can_be_shown = said >= DEFAULT_CELL and not is_small((agree, other), DEFAULT_CELL)
        opinions.append(Opinion(words, round(100 * agree / said), said) if can_be_shown else Opinion(words, None, None))
    return CourseOpinion(
        code=code,
        title_en=row["record__course__title_en"],
        title_es=row["record__course__title_es"],
        answered=answered if is_shown else None,
        completed=completed if is_shown else None,
        rate_percent=round(100 * answered / completed) if is_shown else None,
        opinions=opinions,
    )
