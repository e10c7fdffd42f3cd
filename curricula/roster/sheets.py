"""From bytes to cells: what kind of file a roster is, how it is written, and its lines with their numbers."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from people.spreadsheets import armed, disarmed

from .errors import RosterError, UnreadableRoster

MAX_BYTES = 16 * 1024 * 1024
MAX_LINES = 100_000
MAX_CELLS = 100
"""Lines of a roster, and cells of a line, beyond which no file is a roster."""

BINARY_BEGINNINGS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
ARCHIVE = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A roster as it stands in its file. A line's number is what a spreadsheet shows, the heading's mostly 1.

    `encoding` and `separator` say how a text was written; both are empty in a workbook.
    """

    kind: Literal["csv", "xlsx"]
    heading: list[str]
    lines: list[Line]
    encoding: str = ""
    separator: str = ""


def read_sheet(data: bytes) -> Sheet:
    """The cells of a text or of a workbook's first sheet, white space at their ends and between words made single.

    Raises:
        UnreadableRoster: empty, too large, neither text nor workbook, or quoted wrongly.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableRoster(RosterError("too_large", more={"megabytes": str(MAX_BYTES // 1024 // 1024)}))
    sheet = _workbook(data) if data.startswith(ARCHIVE) else _text(data)
    if len(sheet.lines) > MAX_LINES:
        raise UnreadableRoster(RosterError("too_many_lines", more={"most": f"{MAX_LINES:,}"}))
    if not sheet.lines:
        raise UnreadableRoster(RosterError("no_rows"))
    return sheet


def written(sheet: Sheet, heading: list[str], lines: Iterable[list[str]]) -> bytes:
    """Other lines in the format of a sheet: the same separator and encoding, or a workbook.

    What Windows-1252 has no letter for makes the file UTF-8, which is read as well.
    """
    if sheet.kind == "xlsx":
        return _as_workbook(heading, lines)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=sheet.separator, lineterminator="\r\n")
    writer.writerows([disarmed(cell) for cell in cells] for cells in (heading, *lines))
    try:
        return text.getvalue().encode(sheet.encoding)
    except UnicodeEncodeError:
        return text.getvalue().encode("utf-8-sig")


def _text(data: bytes) -> Sheet:
    text, encoding = _decoded(data)
    first = next(line for line in text.splitlines() if line.strip())
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        heading, lines = _parted(_numbered(reader))
    except csv.Error:
        raise UnreadableRoster(RosterError("broken_quoting", row=reader.line_num)) from None
    return Sheet("csv", heading, lines, encoding, separator)


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and the encoding in which a spreadsheet reads it back."""
    if data.startswith(UTF_16):
        try:
            text, encoding = data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise UnreadableRoster(RosterError("binary")) from None
    elif data.startswith(BINARY_BEGINNINGS) or b"\x00" in data:
        raise UnreadableRoster(RosterError("binary"))
    else:
        try:
            text, encoding = data.decode("utf-8-sig"), "utf-8-sig"
        except UnicodeDecodeError:
            text, encoding = data.decode("cp1252", errors="replace"), "cp1252"
    if not text.strip():
        raise UnreadableRoster(RosterError("empty"))
    return text, encoding


def _numbered(reader: Any) -> Iterator[Line]:
    """A record may hold line breaks: its number is that of its first line, as spreadsheets count rows of a text."""
    before = 0
    for cells in reader:
        yield before + 1, [" ".join(armed(cell).split()) for cell in cells]
        before = reader.line_num


def _workbook(data: bytes) -> Sheet:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()
        rows = islice(sheet.iter_rows(values_only=True, max_col=MAX_CELLS), MAX_LINES + 2)
        numbered = ((number, [_as_text(value) for value in row]) for number, row in enumerate(rows, start=1))
        heading, lines = _parted(numbered)
    except UnreadableRoster:
        raise
    except Exception:  # noqa: BLE001 (a reader of others' bytes fails in many ways; each means the same)
        raise UnreadableRoster(RosterError("broken_workbook")) from None
    while heading and not heading[-1]:
        heading.pop()
    width = len(heading)
    return Sheet("xlsx", heading, [(number, _of_width(cells, width)) for number, cells in lines])


def _of_width(cells: list[str], width: int) -> list[str]:
    """A workbook has no separators to miscount: empty cells at the end are there or not, as the program pleased."""
    filled = cells[:width] + [cell for cell in cells[width:] if cell]
    return filled + [""] * (width - len(filled))


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return " ".join(str(value).split())


def _parted(numbered: Iterator[Line]) -> tuple[list[str], list[Line]]:
    """The first line that is not blank, and all others that are not."""
    full = (line for line in numbered if any(line[1]))
    try:
        _number, heading = next(full)
    except StopIteration:
        raise UnreadableRoster(RosterError("empty")) from None
    return heading, list(full)


def _as_workbook(heading: list[str], lines: Iterable[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for cells in (heading, *lines):
        sheet.append([_cell(sheet, cell) for cell in cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, "".join(c for c in text if c >= " "))
    cell.data_type = "s"  # a text stays one, whatever it begins with
    return cell
