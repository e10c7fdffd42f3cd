"""From cells to rows: which column each heading means, and the values by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .columns import COLUMNS, LEFT_OUT, REQUIRED, column_of, folded
from .errors import RosterError, UnreadableRoster
from .sheets import Sheet

Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the file: the column that it means, or none. `is_known` when no person had to say so."""

    text: str
    column: str | None
    is_known: bool


def read_headings(sheet: Sheet, chosen: Mapping[str, str]) -> list[Heading]:
    """What each heading means; `chosen` maps headings (folded) that somebody explained to columns or to LEFT_OUT."""
    found = []
    for text in sheet.heading:
        column = column_of(text)
        said = None if column else chosen.get(folded(text))
        found.append(Heading(text, column or said, is_known=column is not None or not text))
    return found


def read_rows(sheet: Sheet, headings: list[Heading]) -> tuple[list[Row], list[RosterError]]:
    """Rows with their numbers and the values of the columns that the file has; an error for each of another width.

    Raises:
        UnreadableRoster: a column is missing or there twice.
    """
    columns = _columns(headings)
    rows: list[Row] = []
    errors: list[RosterError] = []
    for number, cells in sheet.lines:
        if len(cells) == len(columns):
            rows.append((number, {c: v for c, v in zip(columns, cells, strict=True) if c}))
        else:
            counts = {"found": str(len(cells)), "expected": str(len(columns))}
            errors.append(RosterError("wrong_width", number, more=counts))
    return rows, errors


def _columns(headings: list[Heading]) -> list[str | None]:
    columns = [None if heading.column == LEFT_OUT else heading.column for heading in headings]
    known = [column for column in columns if column]
    doubled = [column for column in COLUMNS if known.count(column) > 1]
    if doubled:
        raise UnreadableRoster(RosterError("column_twice", row=1, column=doubled[0]))
    missing = [column for column in REQUIRED if column not in known]
    if missing:
        found = ", ".join(heading.text[:40] for heading in headings[:20])
        raise UnreadableRoster(RosterError("column_missing", row=1, column=", ".join(missing), more={"found": found}))
    return columns
