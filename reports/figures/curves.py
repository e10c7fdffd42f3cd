"""The completion curve as it may be shown: by week, in steps that single nobody out."""

from __future__ import annotations

from itertools import pairwise

from ..disclosure import is_small
from ..metrics.frame import Frame
from ..metrics.incidence import Point, at, cohort_curve, median_time
from .shown import PLACES, Shown

Events = tuple[int, int]
"""How many had completed and withdrawn."""


def curve(frame: Frame, cohort: int, states: dict[str, int], k: int) -> Shown | None:
    """Points at the ends of weeks such that between two of them, and after the last, nobody or at least k completed,
    and nobody or at least k withdrew. None when a total of the curve is itself small."""
    points = cohort_curve(frame, cohort)
    if is_small((states["completed"], states["withdrawn"], states["in_progress"] + states["not_started"]), k):
        return None
    weeks = [_week(points, week) for week in range(1, (points[-1].time if points else 0) // 7 + 2)]
    median = median_time(points)
    return {
        "weeks": _kept(weeks, k),
        "median_week": None if median is None else median // 7 + 1,
        "days": frame_days(frame, cohort),
    }


def _kept(weeks: list[tuple[Shown, Events]], k: int) -> list[Shown]:
    """As many weeks as can be shown: events between any two of them, nothing small between two or after the last."""
    changed = [each for before, each in pairwise([({}, (0, 0)), *weeks]) if each[1] != before[1]]
    if not changed:
        return []
    last = changed[-1][1]
    chains: list[list[int]] = []  # per week the longest choice that ends with it
    for i, (_, events) in enumerate(changed):
        before = [chain for j, chain in enumerate(chains) if chain and _is_apart(changed[j][1], events, k)]
        longest = max(before, key=len, default=[])
        chains.append([*longest, i] if longest or _is_apart((0, 0), events, k) else [])
    ends = [chain for i, chain in enumerate(chains) if chain and _is_apart(changed[i][1], last, k)]
    return [changed[i][0] for i in max(ends, key=lambda chain: (len(chain), chain[-1]), default=[])]


def _is_apart(earlier: Events, later: Events, k: int) -> bool:
    return not is_small((later[0] - earlier[0], later[1] - earlier[1]), k)


def frame_days(frame: Frame, cohort: int) -> int:
    """Days from the opening of a cohort to its end or to the cut-off, whichever is later."""
    c = frame.table("cohorts")
    return int(max(frame.last_day, c["closes_on"][cohort]) - c["opens_on"][cohort])


def _week(points: list[Point], week: int) -> tuple[Shown, Events]:
    """The curve at the end of a week, and how many had completed and withdrawn until then."""
    point = at(points, 7 * week - 1)
    low, high = point.band
    until = [p.events for p in points if p.time <= 7 * week - 1]
    shown = {
        "week": week,
        "completed": round(point.completed, PLACES),
        "withdrawn": round(point.withdrawn, PLACES),
        "low": round(low, PLACES),
        "high": round(high, PLACES),
    }
    return shown, (sum(c for c, _ in until), sum(w for _, w in until))
