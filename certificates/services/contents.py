"""What an edition holds: its courses with their frozen content, who approved it, which competences it serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courses.content import content_of
from curricula.models import Approval, CurriculumEdition, EditionCourse

from ..models import Competence
from ..payload import CompetenceServed, CourseTaken


@dataclass(frozen=True, slots=True)
class EditionContents:
    """Courses in their order, their canonical content, the days (ISO) of the approvals by Participant."""

    courses: tuple[CourseTaken, ...]
    contents: tuple[Mapping[str, Any], ...]
    approvals: tuple[tuple[str, str], ...]
    competences: tuple[CompetenceServed, ...]

    @property
    def hours(self) -> float:
        """The hours of all courses together; may be halves."""
        return float(sum(course.hours for course in self.courses))


def contents_of(edition: CurriculumEdition) -> EditionContents:
    """The contents of an edition. Three queries, and one for each frozen course that is not kept yet."""
    rows = EditionCourse.objects.filter(edition=edition).order_by("position")
    courses = list(
        rows.values_list("course__code", "course__title_en", "course__title_es", "course__hours", "course__sha256")
    )
    approvals = Approval.objects.filter(edition=edition).order_by("participant__position")
    return EditionContents(
        tuple(CourseTaken(code, en, es, float(hours)) for code, en, es, hours, _ in courses),
        tuple(content_of(sha256).data for *_, sha256 in courses),
        tuple(
            (participant, decided_at.date().isoformat())
            for participant, decided_at in approvals.values_list("participant__code", "decided_at")
        ),
        competences_of([code for code, *_ in courses]),
    )


def competences_of(codes: list[str]) -> tuple[CompetenceServed, ...]:
    """The competences that courses serve, each once, by framework and code. One query."""
    served = Competence.objects.filter(courses__code__in=codes).select_related("framework").distinct()
    return tuple(
        CompetenceServed(
            framework=each.framework.code,
            framework_en=each.framework.name_en,
            framework_es=each.framework.name_es,
            code=each.code,
            name_en=each.name_en,
            name_es=each.name_es,
            address=each.address,
        )
        for each in served.order_by("framework__code", "code")
    )
