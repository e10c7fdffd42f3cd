"""An export as one file, in any of the formats, each with its code book. The same tables give the same bytes."""

from __future__ import annotations

import os
import secrets
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from curricula.models import Cohort

from ..exceptions import CannotWrite, UnknownFormat
from ..moment import one_moment
from ..snapshots.streaming import stream_tables
from .codebook import codebook
from .csv_files import csv_pieces
from .shape import Filled, Subject
from .workbooks import write_workbook

SUFFIX = {"csv": ".csv", "xlsx": ".xlsx", "parquet": ".zip", "hdf5": ".h5"}
FORMATS = tuple(SUFFIX)
TYPES_OF_FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/zip",
    "hdf5": "application/x-hdf5",
}
AT = (2000, 1, 1, 0, 0, 0)
"""When each part of an archive was written, always the same, so that the bytes are."""

Counts = dict[str, int]


def write_export(path: Path, file_format: str, tables: Sequence[Filled], *, about: Subject, language: str) -> Counts:
    """Write one file; complete under its name, or not there. How many rows each table has.

    A workbook and an HDF5 file hold their code book; Parquet, and CSV of several tables, are an archive with it.

    Raises:
        UnknownFormat: none of FORMATS. CannotWrite: the folder cannot be written. TooManyRows: for a sheet.
    """
    if file_format not in FORMATS:
        raise UnknownFormat(format=file_format, known=", ".join(FORMATS))
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with one_moment():  # some writers go through the rows twice
            counts = _write(draft, file_format, tables, about, language)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or error) from None
    finally:
        draft.unlink(missing_ok=True)
    return counts


def export_bytes(file_format: str, tables: Sequence[Filled], *, about: Subject, language: str) -> bytes:
    """The content of a small file. A CSV holds the first table only."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        written = tables[:1] if file_format == "csv" else tables
        write_export(path, file_format, written, about=about, language=language)
        return path.read_bytes()


def file_name(cohort: Cohort, contents: Sequence[str], file_format: str) -> str:
    """The name under which a reader keeps it; demonstration data says so."""
    marked = "demonstration-" if cohort.is_demo else ""
    what = f"-{contents[0]}" if len(contents) == 1 else ""
    is_archive = file_format == "csv" and len(contents) > 1
    return f"{marked}{cohort.code}{what}{'.zip' if is_archive else SUFFIX[file_format]}"


def _write(draft: Path, file_format: str, tables: Sequence[Filled], about: Subject, language: str) -> Counts:
    if file_format == "xlsx":
        return write_workbook(draft, tables, about=about, language=language)
    if file_format == "hdf5":
        filled = [(each.table, each.rows) for each in (*tables, codebook(tables))]
        return stream_tables(draft, attributes=about.described(), tables=filled)
    if file_format == "parquet":
        from .parquet import write_parquet  # pyarrow is large: only who writes Parquet loads it

        return _archive(draft, "parquet", tables, lambda path, each: write_parquet(path, each, about=about), language)
    if len(tables) > 1:
        return _archive(draft, "csv", tables, lambda path, each: _write_csv(path, each, language), language)
    return {tables[0].table.name: _write_csv(draft, tables[0], language)}


def _archive(
    draft: Path, ending: str, tables: Iterable[Filled], write: Callable[[Path, Filled], int], language: str
) -> Counts:
    """One part a table, and the code book as CSV."""
    tables = list(tables)
    counts: Counts = {}
    with tempfile.TemporaryDirectory(dir=draft.parent) as folder, zipfile.ZipFile(draft, "w") as archive:
        for filled in tables:
            part = Path(folder) / "part"
            counts[filled.table.name] = write(part, filled)
            _add(archive, f"{filled.table.name}.{ending}", part)
        part = Path(folder) / "codebook"
        counts["codebook"] = _write_csv(part, codebook(tables), language)
        _add(archive, "codebook.csv", part)
    return counts


def _add(archive: zipfile.ZipFile, name: str, part: Path) -> None:
    info = zipfile.ZipInfo(name, AT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with part.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        while block := source.read(1024 * 1024):
            target.write(block)


def _write_csv(path: Path, filled: Filled, language: str) -> int:
    """The pieces end with rows: lines less the heading's would not count texts of several lines, so they are counted
    as they are read."""
    counted = _Counted(filled)
    with path.open("wb") as file:
        for piece in csv_pieces(Filled(filled.table, counted), language):
            file.write(piece)
    return counted.rows


class _Counted:
    """Rows that are counted on their way."""

    def __init__(self, filled: Filled) -> None:
        self.filled, self.rows = filled, 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        for row in self.filled.rows:
            self.rows += 1
            yield row
