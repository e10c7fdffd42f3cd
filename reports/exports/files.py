"""Writes tables as CSV, as a workbook, or as HDF5. The same tables give the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from curricula.models import Cohort
from people.spreadsheets import disarmed

from ..exceptions import CannotWrite, UnknownFormat
from ..snapshots.schema import NONE, TYPES, Column, Columns
from ..snapshots.writing import write_tables
from .tables import Filled

FORMATS = ("csv", "xlsx", "hdf5")
SUFFIX = {"csv": ".csv", "xlsx": ".xlsx", "hdf5": ".h5"}
TYPES_OF_FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "hdf5": "application/x-hdf5",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What tables are about; the attributes stand in an HDF5 file."""

    code: str
    name_en: str
    name_es: str
    attributes: Mapping[str, Any]

    @classmethod
    def of_cohort(cls, cohort: Cohort) -> Subject:
        attributes = {"cohort": cohort.code, "edition": cohort.edition.number, "demonstration": cohort.is_demo}
        return cls(cohort.code, cohort.name_en, cohort.name_es, attributes)


def write_export(path: Path, file_format: str, tables: Sequence[Filled], *, about: Subject, language: str) -> None:
    """Write one file; complete under its name, or not there.

    Raises:
        UnknownFormat: none of FORMATS. CannotWrite: the folder cannot be written.
    """
    data = export_bytes(file_format, tables, about=about, language=language)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CannotWrite(path=path, reason=error.strerror or error) from None


def export_bytes(file_format: str, tables: Sequence[Filled], *, about: Subject, language: str) -> bytes:
    """The content of the file. A CSV holds the first table only.

    Raises:
        UnknownFormat: none of FORMATS.
    """
    if file_format == "csv":
        return _csv(tables[0], language)
    if file_format == "xlsx":
        return _xlsx(tables, about, language)
    if file_format == "hdf5":
        return _hdf5(tables, about)
    raise UnknownFormat(format=file_format, known=", ".join(FORMATS))


def file_name(cohort: Cohort, content: str, file_format: str) -> str:
    """The name under which a reader keeps it; demonstration data says so."""
    marked = "demonstration-" if cohort.is_demo else ""
    what = f"-{content}" if file_format == "csv" else ""
    return f"{marked}{cohort.code}{what}{SUFFIX[file_format]}"


def _heading(column: Column, language: str) -> str:
    return column.es if language == "es" else column.en


def _csv(filled: Filled, language: str) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the accents; dates as year-month-day."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([disarmed(_heading(column, language)) for column in filled.table.columns])
    writer.writerows([_plain(value) for value in row] for row in filled.rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else disarmed(value)


def _xlsx(tables: Sequence[Filled], about: Subject, language: str) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": f"{about.code} · {getattr(about, f'name_{language}')}", "created": dt.datetime(2000, 1, 1)}  # noqa: DTZ001 (fixed, so that the bytes are)
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for filled in tables:
        sheet = book.add_worksheet(_heading_of_sheet(filled.table.name, language))
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(filled.table.columns):
            sheet.write_string(0, place, _heading(column, language), head)
            sheet.set_column(place, place, 22 if column.kind == "text" else 13)
        for number, row in enumerate(filled.rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif isinstance(value, dt.date):
                    sheet.write_datetime(number, place, dt.datetime.combine(value, dt.time()), day)
                elif value is not None:
                    sheet.write_number(number, place, value)
        sheet.autofilter(0, 0, max(1, len(filled.rows)), len(filled.table.columns) - 1)
    book.close()
    return file.getvalue()


def _heading_of_sheet(name: str, language: str) -> str:
    spanish = {"statistics": "estadística", "officers": "oficiales", "progress": "avance", "register": "registro"}
    return spanish[name] if language == "es" else name


def _hdf5(tables: Sequence[Filled], about: Subject) -> bytes:
    """The same schema as the extracts: tables in columns, each described in both languages."""
    attributes = {**about.attributes, "name_en": about.name_en, "name_es": about.name_es}
    data = {filled.table.name: _columns(filled) for filled in tables}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.h5"
        write_tables(path, attributes=attributes, tables=[filled.table for filled in tables], data=data)
        return path.read_bytes()


def _columns(filled: Filled) -> Columns:
    turned = list(zip(*filled.rows, strict=True)) or [()] * len(filled.table.columns)
    return {
        column.name: np.array([_stored(column, value) for value in values], dtype=TYPES[column.kind])
        for column, values in zip(filled.table.columns, turned, strict=True)
    }


def _stored(column: Column, value: Any) -> Any:
    if column.kind == "day":
        return NONE if value is None else (value - dt.date(1970, 1, 1)).days
    return value
