"""The rows that come back to be mended: in the format of the upload, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from .sheets import Sheet, written


def bad_rows(sheet: Sheet, sentences: Mapping[int, list[str]], *, heading: str) -> bytes:
    """A file of the bad rows alone; `sentences` by the number of the row, `heading` of the column that holds them.

    The column of an earlier return is not repeated.
    """
    width = len(sheet.heading)
    earlier = sheet.heading.index(heading) if heading in sheet.heading else width
    kept = [place for place in range(width) if place != earlier]
    lines = []
    for number, cells in sheet.lines:
        if number in sentences:
            padded = cells[:width] + [""] * (width - len(cells))
            beyond = [" ".join(cells[width:])] if len(cells) > width else []
            lines.append([*(padded[place] for place in kept), " ".join([*sentences[number], *beyond])])
    return written(sheet, [*(sheet.heading[place] for place in kept), heading], lines)
