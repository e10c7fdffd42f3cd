"""What charts are drawn from, and the completion curve. Pure: marks only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from certificates.pdf.faces import BOLD, SANS
from certificates.pdf.marks import CLAY, INK, PAPER, QUIET, RIVER, RULE, Mark, Outline, Segment, Text, line

from .blocks import W

MIST = "#A9C3C6"  # river thinned: second series, bands
TICKS = (0, 20, 40, 60, 80, 100)
Point = tuple[float, float]


def poly(points: Sequence[Point], *, stroke: str | None = None, fill: str | None = None, width: float = 1) -> Outline:
    """Straight lines through points; closed when filled."""
    segments: list[Segment] = [("M" if i == 0 else "L", x, y) for i, (x, y) in enumerate(points)]
    return Outline((*segments, *((("Z",),) if fill else ())), stroke, fill, width)


def dashed(x1: float, y1: float, x2: float, y2: float, color: str, width: float = 0.5, dash: float = 1.5) -> Outline:
    """A dashed line."""
    length = math.hypot(x2 - x1, y2 - y1)
    count = max(1, int(length / (2 * dash)))
    segments: list[Segment] = []
    for i in range(count):
        a, b = i / count, (i + 0.5) / count
        segments += [("M", x1 + (x2 - x1) * a, y1 + (y2 - y1) * a), ("L", x1 + (x2 - x1) * b, y1 + (y2 - y1) * b)]
    return Outline(tuple(segments), color, None, width)


def dot(
    x: float, y: float, r: float, *, fill: str | None = None, stroke: str | None = None, width: float = 1
) -> Outline:
    """A disk or a ring."""
    k = 0.5523 * r
    return Outline(
        (
            ("M", x + r, y),
            ("C", x + r, y + k, x + k, y + r, x, y + r),
            ("C", x - k, y + r, x - r, y + k, x - r, y),
            ("C", x - r, y - k, x - k, y - r, x, y - r),
            ("C", x + k, y - r, x + r, y - k, x + r, y),
            ("Z",),
        ),
        stroke,
        fill,
        width,
    )


def ring(x: float, y: float, r: float) -> Outline:
    """An empty dot."""
    return dot(x, y, r, fill=PAPER, stroke=RIVER, width=0.9)


def step_of(weeks: int) -> int:
    """Weeks from tick to tick, so that there are at most ten."""
    return next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if weeks / step <= 10)


def curve_height() -> float:
    """The room that a completion curve takes."""
    return 200.0


def curve(found: dict[str, Any], top: float, words: dict[str, str], numbers: dict[str, str]) -> list[Mark]:
    """The completion curve with its band, and that of withdrawal; labels stand at the ends of the lines.

    `words`: week, completed, withdrawn, half; `numbers`: completed, withdrawn (at the end).
    """
    weeks = found["weeks"]
    last = max([math.ceil(found["days"] / 7), *(week["week"] for week in weeks), 1])
    x0, x1, y0, tall = 24.0, W - 104.0, top - curve_height() + 26, curve_height() - 34

    def at(week: float, share: float) -> Point:
        return x0 + (x1 - x0) * week / last, y0 + tall * share

    def steps(key: str) -> list[Point]:
        path, before = [at(0, 0.0)], 0.0
        for week in weeks:
            path += [at(week["week"], before), at(week["week"], week[key])]
            before = week[key]
        return path

    marks: list[Mark] = []
    for tick in TICKS:
        y = at(0, tick / 100)[1]
        marks += [
            line(x0, y, x1, y, INK if tick == 0 else RULE, 0.5 if tick == 0 else 0.35),
            Text(x0 - 5, y - 2.6, str(tick), SANS, 7.2, QUIET, "right"),
        ]
    for week in range(0, last + 1, step_of(last)):
        x = at(week, 0)[0]
        marks += [line(x, y0, x, y0 - 3, INK, 0.5), Text(x, y0 - 11, str(week), SANS, 7.2, QUIET, "centre")]
    marks.append(Text(x1 + 8, y0 - 11, words["week"], SANS, 7.2, QUIET))
    if not weeks:
        return marks
    marks += [
        poly(steps("low") + steps("high")[::-1], fill=MIST),
        poly(steps("completed"), stroke=RIVER, width=1.5),
        poly(steps("withdrawn"), stroke=CLAY, width=1.2),
    ]
    if found["median_week"] is not None:
        x, y = at(found["median_week"], 0.5)
        marks += [
            dashed(x0, y, x, y, INK),
            dashed(x, y, x, y0, INK),
            Text(x0 + 5, y + 3, words["half"], SANS, 7.2, INK),
        ]
    end_x = at(weeks[-1]["week"], 0)[0]
    levels = {"completed": at(0, weeks[-1]["completed"])[1], "withdrawn": at(0, weeks[-1]["withdrawn"])[1]}
    lower, upper = sorted(levels, key=lambda key: (levels[key], key == "completed"))
    levels[lower] = max(levels[lower], y0 + 8)  # clear of the words of the axis
    levels[upper] = max(levels[upper], levels[lower] + 20)
    for key, color in (("completed", RIVER), ("withdrawn", CLAY)):
        y = at(0, weeks[-1][key])[1]
        marks.append(dashed(end_x, y, x1, y, color, 0.6))
        marks += [
            Text(x1 + 8, levels[key] + 0.5, words[key], SANS, 7.2, color),
            Text(x1 + 8, levels[key] - 8.5, numbers[key], BOLD, 7.8, color),
        ]
    return marks
