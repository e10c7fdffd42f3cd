"""The rules of a quiz, read from its canonical form. What is left out there is the default. Pure."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

Rules = Mapping[str, Any]

DEFAULTS: dict[str, Any] = {"wait_hours": 0, "feedback": "after_submission", "counts": "best"}
"""Rules that are written down only where they differ, so that content frozen before them keeps its SHA-256."""

GRACE = dt.timedelta(seconds=15)
"""How long after the deadline an answer that was on its way is still taken."""


def rules_of(quiz: Mapping[str, Any]) -> dict[str, Any]:
    """All rules of a canonical quiz."""
    return {**DEFAULTS, **quiz["rules"]}


def beyond_defaults(rules: Rules) -> dict[str, Any]:
    """Of the rules with a default, those that differ from it."""
    return {name: rules[name] for name, default in DEFAULTS.items() if rules[name] != default}


def extra_minutes(limit: int | None, percent: int) -> int:
    """Minutes that so many percent add to a time limit, rounded up."""
    return math.ceil((limit or 0) * percent / 100)


def opens_again_at(rules: Rules, last_submitted_at: dt.datetime | None) -> dt.datetime | None:
    """When the next attempt may begin; None when nothing is to be waited for."""
    hours = rules["wait_hours"]
    return last_submitted_at + dt.timedelta(hours=hours) if hours and last_submitted_at else None


def is_over(deadline_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether answers are no longer taken. One rule for pages and for what a lost link sends late: the moment at which
    an answer reaches the server counts, never the clock of the officer's computer."""
    return deadline_at is not None and now > deadline_at + GRACE
