"""How difficult the items of a course were for the officers of a cohort."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count

from courses.content import CourseContent
from courses.models import Attempt, Response
from people.bilingual import choose

from .models.cohort import EnrollmentQuerySet

LEAST_PERSONS = 5
"""Below so many officers nothing is shown of an item: a share of four says more of persons than of a question."""


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """An item: how many officers answered it in a first attempt, and their mean mark, 0 to 100; None of too few."""

    code: str
    stem: str
    quiz: str
    persons: int
    percent: int | None


def item_figures(content: CourseContent, enrollments: EnrollmentQuerySet) -> list[ItemFigure]:
    """The items of a course, the hardest first, those of too few officers last. One query.

    Facility is the mean mark of the first attempts that were handed in: of later ones, those who failed would count
    more often. Source: classical item analysis (facility index).
    """
    first = Response.objects.filter(
        attempt__record__enrolled__enrollment__in=enrollments,
        attempt__quiz_code__in=content.quiz_codes,
        attempt__number=1,
        attempt__state=Attempt.State.SUBMITTED,
        mark__isnull=False,
    )
    rows = first.order_by().values("item_code").annotate(persons=Count("pk"), mean=Avg("mark"))
    found = {code: (persons, mean) for code, persons, mean in rows.values_list("item_code", "persons", "mean")}
    figures = []
    for quiz in content.data["quizzes"]:
        for item in quiz["items"]:
            persons, mean = found.get(item["code"], (0, None))
            percent = round(100 * float(mean)) if mean is not None and persons >= LEAST_PERSONS else None
            shown = persons if percent is not None else 0
            figures.append(ItemFigure(item["code"], choose(item["stem"]), quiz["code"], shown, percent))
    return sorted(figures, key=lambda each: (each.percent is None, each.percent or 0, each.code))
