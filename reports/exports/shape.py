"""What an export is made of: tables whose rows come one after another, and what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curricula.models import Cohort

from ..snapshots.schema import Column, Table

SCHEMA = "puente-cohort 2.0"
"""Changes when a column changes its name or its meaning; new columns come at the end."""

Row = tuple[Any, ...]
"""Values in the order of the columns: texts and codes as words, numbers, dates, moments in UTC; None for what has not
happened."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows that are read when they are asked for, as often as they are asked for."""

    read: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.read()


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows, which can be gone through more than once."""

    table: Table
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Subject:
    """What tables are about; the attributes stand in files for analysis."""

    code: str
    name_en: str
    name_es: str
    attributes: Mapping[str, Any]

    @classmethod
    def of_cohort(cls, cohort: Cohort, *, named: bool = True) -> Subject:
        """`named` tells whether the tables hold names; else they hold pseudonyms."""
        attributes = {
            "cohort": cohort.code, "edition": cohort.edition.number, "demonstration": cohort.is_demo, "named": named,
        }  # fmt: skip
        return cls(cohort.code, cohort.name_en, cohort.name_es, attributes)

    def described(self) -> dict[str, Any]:
        """The attributes of a file."""
        return {"schema": SCHEMA, **self.attributes, "name_en": self.name_en, "name_es": self.name_es}


PLACE = (
    Column("participant", "text", "Participant", "Participante"),
    Column("agency", "text", "Agency", "Dependencia"),
)
OFFICE = Column("office", "text", "Office", "Oficina")
WHO = (
    Column("officer_number", "text", "Officer number", "Número de oficial"),
    Column("surname_1", "text", "First surname", "Primer apellido"),
    Column("surname_2", "text", "Second surname", "Segundo apellido"),
    Column("given_names", "text", "Given names", "Nombres"),
    Column("email", "text", "E-mail", "Correo electrónico"),
    *PLACE,
    OFFICE,
)
PSEUDONYM = Column(
    "person",
    "text",
    "Pseudonym, the same in every file of the cohort",
    "Seudónimo, el mismo en todos los archivos del grupo",
)
DEMONSTRATION = Column("demonstration", "flag", "Demonstration data (1 = yes)", "Datos de demostración (1 = sí)")
