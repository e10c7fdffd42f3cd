"""What a frozen extract holds, table by table and column by column. Pure: no Django, no h5py.

Tables lie in columns. A reference is the row number in the table that it names; -1 stands for none. A day is a count
of days since 1970-01-01 (UTC); -1 stands for a day that has not come. Persons are numbers that mean nothing outside
their extract.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

SCHEMA = "puente-snapshot 1.0"
NONE = -1
LANGUAGES = ("none", "en", "es")
CREDENTIALS = ("none", "valid", "revoked")
BASES = ("roster", "post")

Kind = Literal["text", "day", "moment", "count", "ref", "code", "flag", "percent", "share", "hours"]
Columns = dict[str, npt.NDArray[Any]]
TYPES: dict[Kind, str] = {
    "text": "O",
    "day": "i4",
    "moment": "i8",
    "count": "i4",
    "ref": "i4",
    "code": "u1",
    "flag": "u1",
    "percent": "f8",
    "share": "f8",
    "hours": "f8",
}
UNITS: dict[Kind, str] = {
    "day": "days since 1970-01-01", "moment": "seconds since 1970-01-01T00:00:00Z", "percent": "percent", "share": "1",
    "hours": "h",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its kind, what it says in both languages, the words of its codes or the table that it refers to."""

    name: str
    kind: Kind
    en: str
    es: str
    codes: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with what one row of it is."""

    name: str
    en: str
    es: str
    columns: tuple[Column, ...]

    def filled(self, rows: list[tuple[Any, ...]]) -> Columns:
        """Rows turned into columns of the right types."""
        turned = list(zip(*rows, strict=True)) if rows else [()] * len(self.columns)
        if len(turned) != len(self.columns):
            raise ValueError(f"{self.name} has {len(self.columns)} columns, not {len(turned)}")
        return {
            column.name: np.array(values, dtype=TYPES[column.kind])
            for column, values in zip(self.columns, turned, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Meta:
    """What the extract is about and how it came to be. Not when it was made: the same facts give the same extract."""

    extract: str
    period_from: str
    period_to: str
    cut_off: str
    declaration: str
    software: str
    time_zone: str
    smallest_cell: int
    demonstration: bool
    schema: str = SCHEMA

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Meta:
        """From attributes as they were read."""
        kinds: dict[str, Any] = {"smallest_cell": int, "demonstration": bool}
        return cls(**{f.name: kinds.get(f.name, str)(values[f.name]) for f in fields(cls)})

    def as_mapping(self) -> dict[str, Any]:
        """Names and values, in the order of the fields."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An extract in memory."""

    meta: Meta
    tables: Mapping[str, Columns]

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return len(next(iter(self.tables[table].values())))


def _names(en: str, es: str) -> tuple[Column, ...]:
    return (
        Column("name_en", "text", f"{en}, in English", f"{es}, en inglés"),
        Column("name_es", "text", f"{en}, in Spanish", f"{es}, en español"),
    )


CODE = Column("code", "text", "stable code", "clave estable")

TABLES: tuple[Table, ...] = (
    Table(
        "participants",
        "The Participants of the Declaration",
        "Los Participantes de la Declaración",
        (CODE, *_names("name", "nombre")),
    ),
    Table(
        "agencies",
        "Agencies with enrolled officers",
        "Dependencias con oficiales inscritos",
        (
            CODE,
            *_names("name", "nombre"),
            Column("participant", "ref", "Participant", "Participante", table="participants"),
        ),
    ),
    Table(
        "offices",
        "Customs houses and ports of entry with enrolled officers",
        "Aduanas y puertos de entrada con oficiales inscritos",
        (CODE, *_names("name", "nombre"), Column("agency", "ref", "agency", "dependencia", table="agencies")),
    ),
    Table(
        "goals",
        "Goals of the instruments of cooperation",
        "Metas de los instrumentos de cooperación",
        (
            Column("instrument", "text", "code of the instrument", "clave del instrumento"),
            Column("number", "count", "number of the goal", "número de la meta"),
            *_names("goal", "meta"),
        ),
    ),
    Table("curricula", "Shared curricula", "Programas compartidos", (CODE, *_names("title", "título"))),
    Table(
        "courses",
        "Frozen courses that were followed",
        "Cursos congelados que se siguieron",
        (
            CODE,
            *_names("title", "título"),
            Column("hours", "hours", "length", "duración"),
            Column("sha256", "text", "hash of the content", "huella del contenido"),
        ),
    ),
    Table(
        "course_goals",
        "Which course serves which goal",
        "Qué curso atiende qué meta",
        (
            Column("course", "ref", "course", "curso", table="courses"),
            Column("goal", "ref", "goal", "meta", table="goals"),
            Column("is_primary", "flag", "whether it is the primary goal", "si es la meta principal"),
        ),
    ),
    Table(
        "quizzes",
        "Quizzes of the courses",
        "Evaluaciones de los cursos",
        (
            CODE,
            *_names("title", "título"),
            Column("course", "ref", "course", "curso", table="courses"),
            Column("pass_percent", "percent", "score from which it is passed", "puntuación con la que se aprueba"),
        ),
    ),
    Table(
        "cohorts",
        "Cohorts that had opened by the cut-off",
        "Grupos abiertos a la fecha de corte",
        (
            CODE,
            *_names("name", "nombre"),
            Column("curriculum", "ref", "curriculum", "programa", table="curricula"),
            Column("edition", "count", "number of the edition", "número de la edición"),
            Column("opens_on", "day", "first day", "primer día"),
            Column("closes_on", "day", "last day", "último día"),
            Column("target", "count", "target in persons; 0 for none", "objetivo en personas; 0 si no hay"),
        ),
    ),
    Table(
        "enrollments",
        "One person in one cohort",
        "Una persona en un grupo",
        (
            Column(
                "person",
                "count",
                "number of the person, within this extract only",
                "número de la persona, solo en este extracto",
            ),
            Column("cohort", "ref", "cohort", "grupo", table="cohorts"),
            Column(
                "participant", "ref", "Participant at enrollment", "Participante al inscribirse", table="participants"
            ),
            Column("agency", "ref", "agency at enrollment", "dependencia al inscribirse", table="agencies"),
            Column("office", "ref", "office at enrollment", "oficina al inscribirse", table="offices"),
            Column(
                "language", "code", "preferred language at enrollment", "idioma preferido al inscribirse", LANGUAGES
            ),
            Column("enrolled_on", "day", "day of enrollment", "día de inscripción"),
            Column("completed_on", "day", "day of completion", "día de conclusión"),
            Column("withdrawn_on", "day", "day of withdrawal or lapse", "día de baja o de vencimiento"),
            Column(
                "credential",
                "code",
                "certificate of the curriculum at the cut-off",
                "certificado del programa a la fecha de corte",
                CREDENTIALS,
            ),
        ),
    ),
    Table(
        "records",
        "One enrollment in one course",
        "Una inscripción en un curso",
        (
            Column("enrollment", "ref", "enrollment", "inscripción", table="enrollments"),
            Column("course", "ref", "course", "curso", table="courses"),
            Column("started_on", "day", "day the course was opened", "día en que se abrió el curso"),
            Column("completed_on", "day", "day of completion", "día de conclusión"),
            Column(
                "done", "share", "learning objects completed, of all", "objetos de aprendizaje concluidos, del total"
            ),
            Column("lessons_en", "count", "lessons completed in English", "lecciones concluidas en inglés"),
            Column("lessons_es", "count", "lessons completed in Spanish", "lecciones concluidas en español"),
        ),
    ),
    Table(
        "attempts",
        "Attempts handed in",
        "Intentos entregados",
        (
            Column("record", "ref", "record", "registro", table="records"),
            Column("quiz", "ref", "quiz", "evaluación", table="quizzes"),
            Column("number", "count", "1 is the first attempt", "1 es el primer intento"),
            Column("percent", "percent", "score", "puntuación"),
            Column("passed", "flag", "whether it was passed", "si se aprobó"),
            Column("language", "code", "language at the start", "idioma al inicio", LANGUAGES),
            Column("submitted_on", "day", "day it was handed in", "día de entrega"),
        ),
    ),
    Table(
        "requirements",
        "How many persons an office must bring to a curriculum",
        "Cuántas personas debe llevar una oficina a un programa",
        (
            Column("curriculum", "ref", "curriculum", "programa", table="curricula"),
            Column("office", "ref", "office", "oficina", table="offices"),
            Column("persons", "count", "persons required", "personas requeridas"),
            Column(
                "basis",
                "code",
                "where the requirement comes from: the roster, or the post",
                "de dónde viene el requisito: la lista o el puesto",
                BASES,
            ),
        ),
    ),
)
TABLE = {table.name: table for table in TABLES}


def content_sha256(tables: Mapping[str, Columns], *, extra: str = "") -> str:
    """The identity of the facts, whatever file holds them: over each table's columns in the order of the schema."""
    digest = hashlib.sha256(f"{SCHEMA}\n{extra}\n".encode())
    for table in TABLES:
        for column in table.columns:
            values = tables[table.name][column.name]
            digest.update(f"{table.name}.{column.name}:{len(values)}\n".encode())
            digest.update(
                "\0".join(values).encode()
                if column.kind == "text"
                else np.ascontiguousarray(values, TYPES[column.kind]).tobytes()
            )
    return digest.hexdigest()
