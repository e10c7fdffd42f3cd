"""Tables as CSV: UTF-8 with a byte order mark, so that spreadsheets read the accents; days as year-month-day."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from itertools import batched
from typing import Any

from people.spreadsheets import disarmed

from ..snapshots.schema import Column, Kind
from .shape import Filled

PIECE = 1000
"""Rows that are written at once."""


def csv_pieces(filled: Filled, language: str) -> Iterator[bytes]:
    """The file, piece by piece, while its rows are read."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    columns = filled.table.columns
    text.write("\ufeff")
    writer.writerow([disarmed(heading(column, language)) for column in columns])
    converted = [
        (place, _CONVERSIONS[column.kind]) for place, column in enumerate(columns) if column.kind in _CONVERSIONS
    ]
    for piece in batched(filled.rows, PIECE):
        for row in piece:
            cells = list(row)
            for place, convert in converted:
                cells[place] = convert(cells[place])
            writer.writerow(cells)
        yield _taken(text)
    yield _taken(text)


def heading(column: Column, language: str) -> str:
    """The heading in a language."""
    return column.es if language == "es" else column.en


def moment_text(value: dt.datetime | None) -> str:
    """A moment as ISO 8601, in UTC, to the second."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else ""


def _day_text(value: dt.date | None) -> str:
    return value.isoformat() if value else ""


def _taken(text: io.StringIO) -> bytes:
    data = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return data


_CONVERSIONS: dict[Kind, Callable[[Any], Any]] = {
    "text": disarmed, "code": disarmed, "day": _day_text, "moment": moment_text,
}  # fmt: skip
"""What cannot be written as it is. Numbers are, and None is nothing."""
