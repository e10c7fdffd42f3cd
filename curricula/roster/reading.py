"""From bytes to rows: the encoding, the separator, the heading."""

from __future__ import annotations

import csv
import io

from .columns import COLUMNS, REQUIRED, column_of
from .errors import RosterError, UnreadableRoster

MAX_BYTES = 16 * 1024 * 1024
BINARY_BEGINNINGS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")


def decoded(data: bytes) -> str:
    """The text: UTF-8, UTF-16 or Windows-1252.

    Raises:
        UnreadableRoster: empty, too large, or not text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableRoster(RosterError("too_large", more={"megabytes": str(MAX_BYTES // 1024 // 1024)}))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableRoster(RosterError("binary")) from None
    if data.startswith(BINARY_BEGINNINGS) or b"\x00" in data:
        raise UnreadableRoster(RosterError("binary"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise UnreadableRoster(RosterError("empty"))
    return text


def read_rows(data: bytes) -> tuple[list[tuple[int, dict[str, str]]], list[RosterError]]:
    """Rows with their line numbers and their values by column, and an error for each line of another shape.

    Raises:
        UnreadableRoster: the file, its heading or its quoting make it unreadable as a whole.
    """
    text = decoded(data)
    first = next(line for line in text.splitlines() if line.strip())
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        heading = next(fields for fields in reader if any(f.strip() for f in fields))
        columns = _columns(heading)
        return _rows(reader, columns)
    except csv.Error:
        raise UnreadableRoster(RosterError("broken_quoting", row=reader.line_num)) from None


def _columns(heading: list[str]) -> list[str | None]:
    columns = [column_of(name) for name in heading]
    known = [column for column in columns if column]
    doubled = sorted({column for column in known if known.count(column) > 1})
    if doubled:
        raise UnreadableRoster(RosterError("column_twice", row=1, column=doubled[0]))
    missing = [column for column in REQUIRED if column not in known]
    if missing:
        found = ", ".join(name.strip()[:40] for name in heading[:20])
        raise UnreadableRoster(RosterError("column_missing", row=1, column=", ".join(missing), more={"found": found}))
    return columns


def _rows(reader: object, columns: list[str | None]) -> tuple[list[tuple[int, dict[str, str]]], list[RosterError]]:
    rows: list[tuple[int, dict[str, str]]] = []
    errors: list[RosterError] = []
    blank = dict.fromkeys(COLUMNS, "")
    last_line = reader.line_num  # type: ignore[attr-defined]
    for fields in reader:  # type: ignore[attr-defined]
        line, last_line = last_line + 1, reader.line_num  # type: ignore[attr-defined]
        if not any(value.strip() for value in fields):
            continue
        if len(fields) != len(columns):
            errors.append(
                RosterError("wrong_width", line, more={"found": str(len(fields)), "expected": str(len(columns))})
            )
            continue
        named = {c: " ".join(v.split()) for c, v in zip(columns, fields, strict=True) if c}
        rows.append((line, {**blank, **named}))
    if not rows and not errors:
        raise UnreadableRoster(RosterError("no_rows"))
    return rows, errors
