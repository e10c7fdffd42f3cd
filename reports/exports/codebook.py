"""The code book: what each column of the tables is, in both languages, as a table of its own."""

from __future__ import annotations

from collections.abc import Iterable

from ..snapshots.schema import UNITS, Column, Table
from .shape import Filled

TABLE = Table(
    "codebook",
    "What each column is",
    "Qué es cada columna",
    (
        Column("table", "text", "Table", "Tabla"),
        Column("column", "text", "Column", "Columna"),
        Column("kind", "text", "Kind", "Tipo"),
        Column("unit", "text", "Unit", "Unidad"),
        Column("codes", "text", "Codes", "Claves"),
        Column("meaning_en", "text", "Meaning in English", "Significado en inglés"),
        Column("meaning_es", "text", "Meaning in Spanish", "Significado en español"),
    ),
)


def codebook(tables: Iterable[Filled]) -> Filled:
    """One row a column."""
    rows = [
        (
            table.name,
            column.name,
            column.kind,
            UNITS.get(column.kind, ""),
            " | ".join(column.codes),
            column.en,
            column.es,
        )
        for table in (filled.table for filled in tables)
        for column in table.columns
    ]
    return Filled(TABLE, rows)
