"""Tables as the sheets of a workbook: typed cells, a heading that stays in sight, the code book as the last sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from ..exceptions import TooManyRows
from ..snapshots.schema import Column
from .codebook import codebook
from .csv_files import heading
from .shape import Filled, Subject

MOST_ROWS = 1_048_575
SHEETS_ES = {
    "statistics": "estadística", "officers": "oficiales", "progress": "avance", "attempts": "intentos",
    "responses": "respuestas", "roster": "padrón", "register": "registro", "codebook": "diccionario",
    "attendance": "asistencia",
}  # fmt: skip
WIDTHS = {"text": 22, "moment": 19}
FIXED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (when it was made, always the same, so that the bytes are)


def write_workbook(path: Path, tables: Sequence[Filled], *, about: Subject, language: str) -> dict[str, int]:
    """Write it row by row, so that memory stays flat; how many rows each table has.

    Raises:
        TooManyRows: more than a sheet can hold.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    title = f"{about.code} · {getattr(about, f'name_{language}')}"
    book.set_properties({"title": title, "created": FIXED})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "percent": book.add_format({"num_format": "0.0"}),
    }
    try:
        return {
            filled.table.name: _write_sheet(book, filled, formats, language) for filled in (*tables, codebook(tables))
        }
    finally:
        book.close()


def _write_sheet(book: Any, filled: Filled, formats: dict[str, Any], language: str) -> int:
    name = filled.table.name
    sheet = book.add_worksheet(SHEETS_ES.get(name, name) if language == "es" else name)
    sheet.freeze_panes(1, 0)
    columns = filled.table.columns
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column.kind, 13))
        sheet.write_string(0, place, heading(column, language), formats["head"])
    number = 0
    for number, row in enumerate(filled.rows, start=1):
        if number > MOST_ROWS:
            raise TooManyRows(table=name, most=f"{MOST_ROWS:,}")
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is not None:
                _write_cell(sheet, number, place, column, value, formats)
    sheet.autofilter(0, 0, max(1, number), len(columns) - 1)
    return number


def _write_cell(sheet: Any, row: int, place: int, column: Column, value: Any, formats: dict[str, Any]) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, place, value.astimezone(dt.UTC).replace(tzinfo=None), formats["moment"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, dt.datetime.combine(value, dt.time()), formats["day"])
    else:
        sheet.write_number(row, place, value, formats["percent"] if column.kind == "percent" else None)
