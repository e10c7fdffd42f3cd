"""Where the marks of a chart lie: pure geometry, drawn by an SVG template."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Curve:
    """Two lines over weeks: the plan to the end, the real one until now. All lengths are units of the view box, as text."""

    width: int
    height: int
    left: str
    right: str
    middle: str
    text_x: str
    ticks_y: str
    legend_y: str
    lines: list[dict[str, Any]]
    ticks: list[dict[str, Any]]
    plan: str
    real: str
    now_x: str
    now_y: str
    now_text_x: str
    now_text_y: str
    now_value: int
    plan_value: int
    plan_text_y: str


def curve(planned: Sequence[int], completed: Sequence[int], *, width: int, height: int) -> Curve:
    """The curve of completion against the plan; `completed` ends now, `planned` at the end of the cohort."""
    left, right, top, bottom = 56.0, width - 12.0, 26.0, height - 44.0
    most = _round_up(max([*planned, *completed, 1]))
    weeks = max(len(planned) - 1, 1)

    def x(week: float) -> float:
        return left + (right - left) * week / weeks

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / most

    def line(values: Sequence[int]) -> str:
        return "".join(f"{'L' if n else 'M'}{x(n):.1f} {y(v):.1f}" for n, v in enumerate(values))

    step = max(1, weeks // 5)
    now, value = len(completed) - 1, completed[-1] if completed else 0
    return Curve(
        width, height, f"{left:.1f}", f"{right:.1f}", f"{(left + right) / 2:.1f}", f"{left - 8:.1f}", f"{bottom + 20:.1f}", f"{bottom + 38:.1f}",
        [{"y": f"{y(v):.1f}", "text_y": f"{y(v) + 5:.1f}", "value": round(v)} for v in (0, most / 3, most * 2 / 3, most)],
        [{"x": f"{x(n):.1f}", "value": n} for n in range(0, weeks + 1, step)],
        line(planned), line(completed), f"{x(now):.1f}", f"{y(value):.1f}", f"{max(x(now) - 10, left + 150):.1f}",
        f"{max(y(value) - 12, 14):.1f}", value, planned[-1] if planned else 0, f"{y(planned[-1] if planned else 0) - 8:.1f}",
    )


def _round_up(value: float) -> int:
    """The next number that three grid lines divide into round steps."""
    base = 10 ** max(0, math.floor(math.log10(value)) - 1)
    return next(round(3 * base * m) for m in (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 40) if 3 * base * m >= value)
