"""The summary: counts of officers by office and course, no names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curricula.models import Enrollment

from ..snapshots.schema import Column, Table
from .officers_read import Link, Officer, Reading
from .shape import DEMONSTRATION, OFFICE, PLACE, Filled, Row, Stream

Counts = dict[tuple[str, str, str, str], list[int]]

COLUMNS = (
    *PLACE,
    OFFICE,
    Column("course", "text", "Course, or curriculum for all courses", "Curso, o programa para todos los cursos"),
    Column("enrolled", "count", "Enrolled officers", "Oficiales inscritos"),
    Column("started", "count", "Started", "Iniciaron"),
    Column("completed", "count", "Completed", "Concluyeron"),
    Column("withdrawn", "count", "Withdrawn", "Causaron baja"),
    Column("first_attempts", "count", "Handed in a first attempt", "Entregaron un primer intento"),
    Column("passed_first", "count", "Passed at the first attempt", "Aprobaron al primer intento"),
    Column("completed_percent", "percent", "Completed, percent of enrolled", "Concluyeron, por ciento de inscritos"),
    DEMONSTRATION,
)


def statistics_table(reading: Reading) -> Filled:
    """One pass over the officers; the row of all courses carries the code of the curriculum."""

    def rows() -> Iterator[Row]:
        counts: Counts = {}
        for portion in reading.portions():
            links, first = reading.links(portion), reading.first_attempts(portion)
            for officer in portion:
                if officer.state == Enrollment.State.TRANSFERRED:
                    continue  # counted in the cohort in which the officer went on
                _count_officer(counts, reading, officer, links[officer.pk], first)
        is_demo = int(reading.cohort.is_demo)
        for key, values in counts.items():
            yield (*key, *values, _percent(values[2], values[0]), is_demo)

    table = Table("statistics", "Officers by office and course", "Oficiales por oficina y curso", COLUMNS)
    return Filled(table, Stream(rows))


def _count_officer(
    counts: Counts, reading: Reading, officer: Officer, links: Mapping[str, Link], first: Mapping[int, bool | None]
) -> None:
    place = (officer.participant, officer.agency, officer.office)
    is_withdrawn = officer.state == Enrollment.State.WITHDRAWN
    for course in reading.courses:
        link = links.get(course.code)
        tried = first.get(link.record) if link else None
        _count(
            counts.setdefault((*place, course.code), [0] * 6),
            enrolled=link is not None,
            started=bool(link and link.opened_on),
            completed=bool(link and link.completed_on),
            withdrawn=is_withdrawn,
            tried=tried is not None,
            passed=bool(tried),
        )
    _count(
        counts.setdefault((*place, reading.cohort.edition.curriculum.code), [0] * 6),
        enrolled=True,
        started=any(link.opened_on for link in links.values()),
        completed=officer.state == Enrollment.State.COMPLETED,
        withdrawn=is_withdrawn,
        tried=any(link.record in first for link in links.values()),
        passed=bool(links) and all(first.get(link.record) for link in links.values()),
    )


def _count(counts: list[int], **marks: bool) -> None:
    for place, mark in enumerate(marks.values()):
        counts[place] += mark


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
