"""Charts as values: where lines, dots and labels lie. Pure: numbers in, numbers out; templates draw and word them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and the room it leaves around the lines, in its own units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int


WIDE = Frame(width=960, height=360, left=52, right=170, top=20, bottom=44)
ROOM_FOR_THE_END = 100
"""What the plan's last figure takes on the right of the lines; where a frame has less, the figures behind say it."""

NARROW = Frame(width=340, height=330, left=50, right=14, top=40, bottom=44)


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on an axis and its place."""

    value: int
    at: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Completed persons and the plan, by week. It is tight when there is no room on the right for the plan's end."""

    frame: Frame
    rows: list[Mark]
    ticks: list[Mark]
    plan: str
    real: str
    now_x: float
    real_y: float
    plan_y: float
    real_label_y: float
    plan_label_y: float
    gap: str
    real_label_x: float
    real_label_anchor: str
    label_x: float
    label_anchor: str
    is_tight: bool
    end_x: float
    end_y: float
    foot: float
    middle: float
    completed: int
    planned: int
    difference: int
    target: int

    @property
    def lacking(self) -> int:
        """How many fewer have completed than planned."""
        return max(0, -self.difference)


def nice_step(most: float, steps: int = 4) -> int:
    """The least round distance (1, 2, 2.5 or 5 times a power of ten) at which so many grid lines reach `most`."""
    if most <= steps:
        return 1
    rough = most / steps
    power: float = 10 ** math.floor(math.log10(rough))
    for factor in (1, 2, 2.5, 5, 10):
        if factor * power >= rough and (factor * power).is_integer():
            return int(factor * power)
    return int(10 * power)


@dataclass(frozen=True, slots=True)
class Today:
    """Where a cohort stands now: weeks since it opened (a share of a week counts), completed, planned until today."""

    week: float
    completed: int
    planned: int


def curve(planned: Sequence[int], completed: Sequence[int | None], now: Today, frame: Frame = WIDE) -> Curve:
    """The drawing of a round: `planned` at the end of each week from 0; `completed` so far, None for what comes."""
    last = max(1, len(planned) - 1)
    so_far = [value for value in completed if value is not None]
    most = max([1, *planned, *so_far, now.completed])
    step = nice_step(most)
    top = step * math.ceil(most / step)

    def x(week: float) -> float:
        return round(frame.left + (frame.width - frame.left - frame.right) * week / last, 1)

    def y(value: float) -> float:
        return round(frame.height - frame.bottom - (frame.height - frame.bottom - frame.top) * value / top, 1)

    here = x(min(last, max(0.0, now.week)))
    done, plan = now.completed, now.planned
    leads = here + 170 > frame.width
    real_y, plan_y = y(done), y(plan)
    is_ahead = done > plan
    plan_leads = leads or not is_ahead  # left of the dot, above the plan's line, nothing is drawn
    real_leads = leads or (is_ahead and here + 150 > x(last))  # the plan's end stands on the right
    week_step = max(1, math.ceil(last / 6))
    return Curve(
        frame=frame,
        rows=[Mark(value, y(value)) for value in range(0, top + 1, step)],
        ticks=[Mark(week, x(week)) for week in range(0, last + 1, week_step)],
        plan=_line([(x(week), y(value)) for week, value in enumerate(planned)]),
        real=_line([*((x(week), y(value)) for week, value in enumerate(so_far)), (here, y(done))]),
        now_x=here,
        real_y=real_y,
        plan_y=plan_y,
        real_label_y=round(real_y - 14 if is_ahead else real_y + 24, 1),
        plan_label_y=round(plan_y + 24 if is_ahead else plan_y - 12, 1),
        gap=f"M{here} {real_y}V{plan_y}",
        real_label_x=round(here + (-12 if real_leads else 14), 1),
        real_label_anchor="end" if real_leads else "start",
        label_x=round(here + (-12 if plan_leads else 14), 1),
        label_anchor="end" if plan_leads else "start",
        is_tight=leads or frame.right < ROOM_FOR_THE_END,
        end_x=x(last),
        end_y=y(planned[-1] if planned else 0),
        foot=frame.height - frame.bottom + 20,
        middle=round((x(0) + x(last)) / 2, 1),
        completed=done,
        planned=plan,
        difference=done - plan,
        target=planned[-1] if planned else 0,
    )


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) if points else ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage: how many reached it, in percent of the first, and how many fewer than the stage before."""

    key: str
    count: int
    percent: int
    lost: int | None


def stage_bars(stages: Sequence[tuple[str, int]]) -> list[Bar]:
    """The stages of a round as bars; the first is the whole."""
    whole = stages[0][1] if stages else 0
    rows: list[Bar] = []
    for place, (key, count) in enumerate(stages):
        share = round(100 * count / whole) if whole else 0
        rows.append(Bar(key, count, share, stages[place - 1][1] - count if place else None))
    return rows


def largest_step(rows: Sequence[Bar]) -> Bar | None:
    """The stage before which most are lost; None where nobody is."""
    lossy = [row for row in rows if row.lost]
    return max(lossy, key=lambda row: row.lost or 0) if lossy else None


def furthest_behind(
    offices: Sequence[tuple[str, int, int]], least_persons: int = 20, most: int = 2
) -> list[tuple[str, int]]:
    """Name and percent of the offices that are furthest behind among those with enough persons.

    Each office: name, persons, percent completed.
    """
    large = [(percent, name) for name, persons, percent in offices if persons >= least_persons]
    return [(name, percent) for percent, name in sorted(large)[:most]]


def step_bars(steps: Sequence[tuple[str, int]]) -> list[Bar]:
    """Steps that share a whole, as bars: each in percent of all together."""
    whole = sum(count for _key, count in steps)
    return [Bar(key, count, round(100 * count / whole) if whole else 0, None) for key, count in steps]
