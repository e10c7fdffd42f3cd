"""Rows from Participant to office, alike in all sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .edition import WITHHELD, Edition
from .tables import Plot, Row

Line = dict[str, Any]


def place_rows(
    e: Edition,
    lines: Sequence[Line],
    cells: Callable[[Line], list[str]],
    *,
    total: Line | None = None,
    plot: Callable[[Line], Plot] | None = None,
) -> list[Row]:
    """A row for each line, in the order of the edition, and one for the total."""
    rows = []
    for each in e.ordered(lines):
        level = each["level"]
        rows.append(
            Row(
                [_name(e, each), *cells(each)],
                bold=level == "participant",
                panel=level == "participant",
                indent={"participant": 0.0, "agency": 8.0}.get(level, 16.0),
                quiet=level == "withheld",
                keep=level == "participant",
                plot=plot(each) if plot else None,
            )
        )
    if total is not None:
        row = [e.say("total"), *cells(total)]
        rows.append(Row(row, bold=True, panel=True, plot=plot(total) if plot else None))
    return rows


def _name(e: Edition, each: Line) -> str:
    if each["level"] == "withheld":
        return f"{WITHHELD} " + e.say("offices_withheld", n=e.count(each["offices"]))
    return e.name(each["name"])


def pace_of(e: Edition, cohort: dict[str, Any]) -> str:
    """A dash while nothing was planned."""
    return e.share(cohort["pace"], withheld=cohort["pace"] is None and cohort["planned"] != 0)
