"""The tables with one row an officer: state and marks, progress, and the roster as it can be imported again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from courses.content import counting_objects
from curricula.models import Enrollment
from people.bilingual import active

from ..snapshots.schema import Column, Table
from .officers_read import Link, Reading, day
from .shape import DEMONSTRATION, OFFICE, PLACE, PSEUDONYM, WHO, Filled, Row, Stream


def who_columns(reading: Reading) -> tuple[Column, ...]:
    """The columns that `Reading.who` fills."""
    return WHO if reading.named else (PSEUDONYM, *PLACE)


def officers_table(reading: Reading) -> Filled:
    """State, days, certificate, and per course how far, how well and when. Three statements a portion."""
    columns = [
        *who_columns(reading),
        Column("language", "code", "Preferred language", "Idioma preferido", ("en", "es")),
        Column("state", "code", "State", "Estado", tuple(Enrollment.State.values)),
        Column("enrolled_on", "day", "Enrolled", "Inscripción"),
        Column("completed_on", "day", "Completed", "Conclusión"),
        Column("withdrawn_on", "day", "Withdrawn", "Baja"),
    ]
    if reading.named:
        columns.append(Column("certificate", "text", "Certificate", "Certificado"))
    for course in reading.courses:
        code, key = course.code, _key(course.code)
        columns += [
            Column(f"{key}_done", "percent", f"{code}: completed, percent", f"{code}: avance, por ciento"),
            Column(f"{key}_score", "percent", f"{code}: best score", f"{code}: mejor puntuación"),
            Column(f"{key}_completed_on", "day", f"{code}: completed on", f"{code}: concluido el"),
        ]
    codes = [course.code for course in reading.courses]
    is_demo = int(reading.cohort.is_demo)

    def rows() -> Iterator[Row]:
        for portion in reading.portions():
            links, numbers = reading.links(portion), reading.credentials(portion) if reading.named else {}
            for officer in portion:
                values: list[Any] = [officer.language, officer.state, *map(day, officer[12:15])]
                if reading.named:
                    values.append(numbers.get(officer.person_id, ""))
                mine = links[officer.pk]
                for code in codes:
                    values += _marks(mine.get(code))
                yield (*reading.who(officer), *values, is_demo)

    table = Table("officers", "Officers of the cohort", "Oficiales del grupo", (*columns, DEMONSTRATION))
    return Filled(table, Stream(rows))


def progress_table(reading: Reading) -> Filled:
    """The day on which each learning object was completed. Three statements a portion."""
    objects = [
        (course.code, each["code"], each["title"])
        for course in reading.courses
        for each in counting_objects(course.content)
    ]
    columns = [
        Column(_key(code), "day", f"{code}: {title['en']}", f"{code}: {title['es']}") for _, code, title in objects
    ]
    is_demo = int(reading.cohort.is_demo)

    def rows() -> Iterator[Row]:
        for portion in reading.portions():
            records, done = reading.records(portion), reading.done(portion)
            for officer in portion:
                mine = records[officer.pk]
                days = [day(done.get((mine.get(course, 0), code))) for course, code, _ in objects]
                yield (*reading.who(officer), *days, is_demo)

    table = Table(
        "progress",
        "The day on which each officer completed each learning object",
        "El día en que cada oficial concluyó cada objeto de aprendizaje",
        (*who_columns(reading), *columns, DEMONSTRATION),
    )
    return Filled(table, Stream(rows))


ROSTER = (
    *WHO[:5],
    PLACE[1],
    OFFICE,
    Column("position", "text", "Position", "Puesto"),
    Column("language", "text", "Preferred language", "Idioma preferido"),
)


def roster_table(reading: Reading) -> Filled:
    """Who is in the cohort, with the post of today, in the columns that an import reads: imported as it is, it changes
    nothing. Those who were withdrawn or erased are not in it."""
    inside = reading.enrollments.exclude(state=Enrollment.State.WITHDRAWN).filter(person__erased_at__isnull=True)
    fields = ("officer_number", "surname_1", "surname_2", "given_names", "email", "agency__code",
              f"office__name_{active()}", "position", "preferred_language")  # fmt: skip
    found = inside.order_by("person__agency__code", "person__office__code", "person__surname_1", "pk")
    rows = found.values_list(*(f"person__{name}" for name in fields))
    table = Table("roster", "The roster, as it is imported", "El padrón, tal como se importa", ROSTER)
    return Filled(table, Stream(lambda: rows.iterator()))


def _key(code: str) -> str:
    return code.lower().replace("-", "_")


def _marks(link: Link | None) -> Sequence[Any]:
    if link is None:
        return (None, None, None)
    done = round(100 * link.done / link.total, 1) if link.total else 0.0
    return (done, link.score, day(link.completed_on))
