"""Figures beside their yardsticks, as a table and as JSON."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .yardsticks import PEER, YARDSTICKS, Against, Yardstick


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `shown` replaces the plain number."""

    key: str
    value: float
    shown: str = ""


class Figures:
    """What a run measured, for so many officers."""

    def __init__(self, officers: int) -> None:
        self.officers = officers
        self.rows: list[Figure] = []

    def add(self, key: str, value: float, shown: str = "") -> None:
        self.rows.append(Figure(key, value, shown))

    def add_queries(self, workload: str, reads: float, writes: float) -> None:
        self.add(f"{workload}.queries", reads + writes, f"{reads:g} + {writes:g}")

    def table(self) -> str:
        """Markdown, aligned."""
        heading = [_("Workload"), _("What"), _("Unit"), "Puente", PEER, _("Ratio"), _("Goal"), _("Met")]
        rows = [heading, *(self._cells(figure) for figure in self.rows)]
        widths = [max(_width(row[place]) for row in rows) for place in range(len(heading))]
        lines = ["| " + " | ".join(_padded(c, w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows]
        return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])

    def as_json(self) -> list[dict[str, Any]]:
        found = []
        for figure in self.rows:
            yardstick = YARDSTICKS[figure.key]
            against = yardstick.against(self.officers)
            values = {"key": figure.key, "workload": yardstick.workload, "what": str(yardstick.what)}
            measured = {"unit": str(yardstick.unit), "value": figure.value, "shown": figure.shown}
            beside = {"peer": against.peer, "goal": against.goal, "ratio": _ratio(figure, yardstick, against)}
            found.append({**values, **measured, **beside, "met": _is_met(figure, yardstick, against)})
        return found

    def _cells(self, figure: Figure) -> list[str]:
        yardstick = YARDSTICKS[figure.key]
        against = yardstick.against(self.officers)
        ratio, is_met = _ratio(figure, yardstick, against), _is_met(figure, yardstick, against)
        return [
            yardstick.workload,
            str(yardstick.what),
            str(yardstick.unit),
            figure.shown or f"{figure.value:,.{yardstick.digits}f}",
            against.peer,
            "" if ratio is None else f"× {ratio:,.1f}",
            against.goal,
            "" if is_met is None else _("yes") if is_met else _("no"),
        ]


def _ratio(figure: Figure, yardstick: Yardstick, against: Against) -> float | None:
    """How many times better than the peer at its best."""
    if against.best is None or not figure.value:
        return None
    return figure.value / against.best if yardstick.more_is_better else against.best / figure.value


def _is_met(figure: Figure, yardstick: Yardstick, against: Against) -> bool | None:
    if against.limit is None:
        return None
    return figure.value >= against.limit if yardstick.more_is_better else figure.value <= against.limit


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(character) else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
