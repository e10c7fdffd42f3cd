"""The tables of a cohort: statistics by office and course, officers, and progress in each learning object.

Each table is one pass over a fixed number of queries, whatever the number of officers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from certificates.models import Credential
from courses.content import counting_objects
from courses.models import Attempt, ExerciseAssessment, LessonProgress
from curricula.models import Cohort, EnrolledCourse, Enrollment

from ..snapshots.schema import Column, Table

CONTENTS = ("statistics", "officers", "progress")
Row = tuple[Any, ...]
"""Values in the order of the columns: texts, numbers, dates; None for what has not happened."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows."""

    table: Table
    rows: list[Row]


WHO = (
    Column("officer_number", "text", "Officer number", "Número de oficial"),
    Column("surname_1", "text", "First surname", "Primer apellido"),
    Column("surname_2", "text", "Second surname", "Segundo apellido"),
    Column("given_names", "text", "Given names", "Nombres"),
    Column("email", "text", "E-mail", "Correo electrónico"),
    Column("participant", "text", "Participant", "Participante"),
    Column("agency", "text", "Agency", "Dependencia"),
    Column("office", "text", "Office", "Oficina"),
)
DEMONSTRATION = Column("demonstration", "flag", "Demonstration data (1 = yes)", "Datos de demostración (1 = sí)")


def tables_of(cohort: Cohort, enrollments: QuerySet[Enrollment], contents: Sequence[str]) -> list[Filled]:
    """The tables asked for, over the enrollments that the reader may see. At most eight queries."""
    facts = _Facts(cohort, enrollments)
    makers = {"statistics": _statistics, "officers": _officers, "progress": _progress}
    return [makers[content](facts) for content in contents]


class _Facts:
    """What the tables share, read once."""

    def __init__(self, cohort: Cohort, enrollments: QuerySet[Enrollment]) -> None:
        self.cohort = cohort
        self.courses = [
            link.course for link in cohort.edition.edition_courses.select_related("course").order_by("position")
        ]
        self.enrollments = list(
            enrollments.select_related("person", "participant", "agency", "office").order_by(
                "participant__position", "agency__code", "office__code", "person__surname_1", "person__surname_2",
                "person__given_names", "pk",
            )
        )  # fmt: skip
        self.links: dict[int, dict[str, Mapping[str, Any]]] = defaultdict(dict)
        for link in EnrolledCourse.objects.filter(enrollment__in=enrollments).values(
            "enrollment_id", "record_id", "record__course__code", "record__opened_at", "record__completed_at",
            "record__objects_done", "record__objects_total", "record__score_percent", "record__language",
        ):  # fmt: skip
            self.links[link["enrollment_id"]][link["record__course__code"]] = link
        self.of_cohort = {"record__enrolled__enrollment__in": enrollments}

    def first_attempts(self) -> dict[int, bool | None]:
        """Whether the first attempt of a record was passed; records without one are not there."""
        first = Attempt.objects.filter(number=1, state=Attempt.State.SUBMITTED, **self.of_cohort)
        return dict(first.values_list("record_id", "passed"))

    def credentials(self) -> dict[int, Credential]:
        """By person. Those of erased people are left out: a number would lead from a pseudonym to a name."""
        moved = Enrollment.objects.filter(cohort=self.cohort, kept_edition__isnull=False)
        kept = moved.values_list("kept_edition", flat=True).distinct()
        found = Credential.objects.filter(
            edition__in=[self.cohort.edition_id, *kept],
            person__enrollments__cohort=self.cohort,
            person__erased_at__isnull=True,
        )
        fields = ("number", "person_id", "revoked_at")
        return {credential.person_id: credential for credential in found.order_by("issued_at", "pk").only(*fields)}

    def done(self) -> dict[tuple[int, str], dt.datetime | None]:
        """When a record's learning object was completed."""
        lessons = LessonProgress.objects.filter(completed_at__isnull=False, **self.of_cohort)
        found = {
            (record, code): at for record, code, at in lessons.values_list("record_id", "lesson_code", "completed_at")
        }
        quizzes = Attempt.objects.filter(passed=True, **self.of_cohort).values_list("record_id", "quiz_code")
        found |= {(record, code): at for record, code, at in quizzes.annotate(at=Max("submitted_at")).order_by()}
        exercises = ExerciseAssessment.objects.final().filter(passed=True, **self.of_cohort)
        passed = exercises.values_list("record_id", "exercise_code", "final_at")
        return found | {(record, code): at for record, code, at in passed}


def _who(enrollment: Enrollment) -> Row:
    person = enrollment.person
    return (
        person.officer_number, person.surname_1, person.surname_2, person.given_names, person.email,
        enrollment.participant.code, enrollment.agency.code, enrollment.office.name,
    )  # fmt: skip


def _officers(facts: _Facts) -> Filled:
    columns = [
        *WHO,
        Column("language", "text", "Preferred language", "Idioma preferido"),
        Column("state", "text", "State", "Estado"),
        Column("enrolled_on", "day", "Enrolled", "Inscripción"),
        Column("completed_on", "day", "Completed", "Conclusión"),
        Column("withdrawn_on", "day", "Withdrawn", "Baja"),
        Column("certificate", "text", "Certificate", "Certificado"),
    ]
    for course in facts.courses:
        code, key = course.code, course.code.lower().replace("-", "_")
        columns += [
            Column(f"{key}_done", "percent", f"{code}: completed, percent", f"{code}: avance, por ciento"),
            Column(f"{key}_score", "percent", f"{code}: best score", f"{code}: mejor puntuación"),
            Column(f"{key}_completed_on", "day", f"{code}: completed on", f"{code}: concluido el"),
        ]
    credentials = facts.credentials()
    rows = []
    for enrollment in facts.enrollments:
        credential = credentials.get(enrollment.person_id)
        number = credential.number if credential and not credential.revoked_at else ""
        values: list[Any] = [
            *_who(enrollment), enrollment.language, enrollment.state, _day(enrollment.enrolled_at),
            _day(enrollment.completed_at), _day(enrollment.withdrawn_at), number,
        ]  # fmt: skip
        for course in facts.courses:
            link = facts.links[enrollment.pk].get(course.code)
            values += _course_values(link) if link else (None, None, None)
        rows.append((*values, int(facts.cohort.is_demo)))
    table = Table("officers", "Officers of the cohort", "Oficiales del grupo", (*columns, DEMONSTRATION))
    return Filled(table, rows)


def _course_values(link: Mapping[str, Any]) -> tuple[Any, ...]:
    done, total, score = link["record__objects_done"], link["record__objects_total"], link["record__score_percent"]
    return (
        round(100 * done / total, 1) if total else 0.0,
        None if score is None else float(score),
        _day(link["record__completed_at"]),
    )


def _progress(facts: _Facts) -> Filled:
    objects = [
        (course.code, each["code"], each["title"])
        for course in facts.courses
        for each in counting_objects(course.content)
    ]
    columns = [
        Column(code.lower().replace("-", "_"), "day", f"{code}: {title['en']}", f"{code}: {title['es']}")
        for _, code, title in objects
    ]
    done = facts.done()
    rows = []
    for enrollment in facts.enrollments:
        links = facts.links[enrollment.pk]
        days = [
            _day(done.get((links[course]["record_id"], code))) if course in links else None
            for course, code, _ in objects
        ]
        rows.append((*_who(enrollment), *days, int(facts.cohort.is_demo)))
    table = Table(
        "progress",
        "The day on which each officer completed each learning object",
        "El día en que cada oficial concluyó cada objeto de aprendizaje",
        (*WHO, *columns, DEMONSTRATION),
    )
    return Filled(table, rows)


def _statistics(facts: _Facts) -> Filled:
    """Counts of officers by office and course, no names; the row of all courses carries the code of the curriculum."""
    first = facts.first_attempts()
    counts: dict[tuple[str, str, str, str], list[int]] = {}
    for enrollment in facts.enrollments:
        if enrollment.state == Enrollment.State.TRANSFERRED:
            continue  # counted in the cohort in which the officer went on
        place = (enrollment.participant.code, enrollment.agency.code, enrollment.office.name)
        links = facts.links[enrollment.pk]
        for course in facts.courses:
            link = links.get(course.code)
            tried = first.get(link["record_id"]) if link else None
            _count(
                counts.setdefault((*place, course.code), [0] * 6),
                enrolled=link is not None,
                started=bool(link and link["record__opened_at"]),
                completed=bool(link and link["record__completed_at"]),
                withdrawn=enrollment.state == Enrollment.State.WITHDRAWN,
                tried=tried is not None,
                passed=bool(tried),
            )
        whole = counts.setdefault((*place, facts.cohort.edition.curriculum.code), [0] * 6)
        _count(
            whole,
            enrolled=True,
            started=any(link["record__opened_at"] for link in links.values()),
            completed=enrollment.state == Enrollment.State.COMPLETED,
            withdrawn=enrollment.state == Enrollment.State.WITHDRAWN,
            tried=any(link["record_id"] in first for link in links.values()),
            passed=bool(links) and all(first.get(link["record_id"]) for link in links.values()),
        )
    rows = [
        (*key, *values, _percent(values[2], values[0]), int(facts.cohort.is_demo)) for key, values in counts.items()
    ]
    columns = (
        Column("participant", "text", "Participant", "Participante"),
        Column("agency", "text", "Agency", "Dependencia"),
        Column("office", "text", "Office", "Oficina"),
        Column("course", "text", "Course, or curriculum for all courses", "Curso, o programa para todos los cursos"),
        Column("enrolled", "count", "Enrolled officers", "Oficiales inscritos"),
        Column("started", "count", "Started", "Iniciaron"),
        Column("completed", "count", "Completed", "Concluyeron"),
        Column("withdrawn", "count", "Withdrawn", "Causaron baja"),
        Column("first_attempts", "count", "Handed in a first attempt", "Entregaron un primer intento"),
        Column("passed_first", "count", "Passed at the first attempt", "Aprobaron al primer intento"),
        Column(
            "completed_percent", "percent", "Completed, percent of enrolled", "Concluyeron, por ciento de inscritos"
        ),
        DEMONSTRATION,
    )
    table = Table("statistics", "Officers by office and course", "Oficiales por oficina y curso", columns)
    return Filled(table, rows)


def _count(counts: list[int], **marks: bool) -> None:
    for place, mark in enumerate(marks.values()):
        counts[place] += mark


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
