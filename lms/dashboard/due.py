"""What is due and what is late, by the officer's own due date or the last day of the cohort. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Due:
    """A course that is not completed: `days` until its last day, negative when that has passed."""

    record: Any
    closes_on: dt.date
    days: int

    @property
    def days_late(self) -> int:
        return -self.days

    @property
    def is_late(self) -> bool:
        return self.days < 0


def due_of(learning: Iterable[dict[str, Any]], today: dt.date) -> list[Due]:
    """The courses still to complete in enrollments that are active, those due first at the top. Whoever is on leave
    owes nothing."""
    due = [
        Due(record, row["enrollment"].last_day, (row["enrollment"].last_day - today).days)
        for row in learning
        if row["enrollment"].state == "active"
        for record in row["records"]
        if record.completed_at is None
    ]
    return sorted(due, key=lambda each: each.closes_on)
