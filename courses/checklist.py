"""How a practical exercise is scored, from its canonical form. Pure.

The rule is that of the training plan of both administrations: 0, 1 or 2 points a step, a pass mark in percent of the
points, and a critical step with 0 points fails the whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

MOST_POINTS = 2
"""For a step: 0 not done, 1 done in part or with help, 2 done."""

DEFAULTS: dict[str, int] = {"attempts_allowed": 2, "wait_hours": 24}
"""Rules that are written down only where they differ, so that content frozen before them keeps its SHA-256."""


@dataclass(frozen=True, slots=True)
class ChecklistResult:
    """Points of all steps, at most `most`; the critical steps without a point, by their number from 1."""

    points: int
    most: int
    percent: Decimal
    critical_missed: list[int]
    passed: bool


def rules_of_exercise(exercise: Mapping[str, Any]) -> dict[str, int]:
    """Attempts allowed and hours between two of a canonical exercise."""
    return {name: exercise.get(name, usual) for name, usual in DEFAULTS.items()}


def opens_again_at(exercise: Mapping[str, Any], last_at: dt.datetime | None) -> dt.datetime | None:
    """When the next attempt may begin; None when nothing is to be waited for."""
    hours = rules_of_exercise(exercise)["wait_hours"]
    return last_at + dt.timedelta(hours=hours) if hours and last_at else None


def steps_missing(exercise: Mapping[str, Any], points: Mapping[int, int | None]) -> list[int]:
    """The numbers, from 1, of the steps that have no points yet."""
    return [number for number, _step in enumerate(exercise["steps"], start=1) if points.get(number) is None]


def result_of(exercise: Mapping[str, Any], points: Mapping[int, int]) -> ChecklistResult:
    """The result of a canonical exercise whose every step has points, by its number from 1.

    The percentage is cut, not rounded, after two places: nobody passes by rounding.
    """
    most = MOST_POINTS * len(exercise["steps"])
    total = sum(points.values())
    percent = (Decimal(total) * 100 / most).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    steps = enumerate(exercise["steps"], start=1)
    missed = [number for number, step in steps if step.get("critical") and points[number] == 0]
    return ChecklistResult(total, most, percent, missed, percent >= exercise["pass_percent"] and not missed)
