"""When an officer is at risk of finishing late, and why. Pure: facts and rules in, reasons out; nothing is scored.

Each rule is one sentence with one number that a manager sets; an officer is at risk when at least one rule says so, and
the reasons shown are all that was asked. No reason weighs more than another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

NOT_STARTED: Final = "not_started"
INACTIVE: Final = "inactive"
PACE: Final = "pace"
FAILED: Final = "failed"

FIRST_NUMBERS: Mapping[str, int] = {NOT_STARTED: 7, INACTIVE: 14, PACE: 25, FAILED: 2}
"""What holds until a Participant sets its own: days since the cohort opened without anything opened; days without
activity; percentage points of the learning objects short of the plan; attempts at a quiz not passed."""

QUIET_SHARE = 0.1
"""The plan expects nothing in the first tenth of the period, then the same share each day."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of one active officer: days of opening and of last activity, learning objects done and in all."""

    starts_on: dt.date
    due_on: dt.date
    opened_on: dt.date | None
    last_on: dt.date | None
    done: int
    total: int
    failed: Sequence[tuple[str, int]] = ()
    """Quizzes tried and not passed, each with the number of attempts."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an officer is at risk. `number` counts days, percentage points or attempts; `what` is a quiz or empty."""

    rule: str
    number: int
    what: str = ""
    expected: int = 0


def expected_percent(starts_on: dt.date, due_on: dt.date, day: dt.date) -> float:
    """The share of the work, 0 to 100, that the plan expects by a day."""
    length = max(1, (due_on - starts_on).days)
    share = ((day - starts_on).days / length - QUIET_SHARE) / (1 - QUIET_SHARE)
    return 100 * min(1.0, max(0.0, share))


def reasons_of(progress: Progress, numbers: Mapping[str, int], today: dt.date) -> list[Reason]:
    """The reasons that hold today, by the rules that are set; a rule that is missing in `numbers` is not asked."""
    found = []
    if progress.opened_on is None:
        waited = (today - progress.starts_on).days
        if waited >= numbers.get(NOT_STARTED, waited + 1):
            found.append(Reason(NOT_STARTED, waited))
    else:
        away = (today - (progress.last_on or progress.opened_on)).days
        if away >= numbers.get(INACTIVE, away + 1):
            found.append(Reason(INACTIVE, away))
        percent = 100 * progress.done / progress.total if progress.total else 100
        expected = expected_percent(progress.starts_on, progress.due_on, today)
        short = int(expected - percent)
        if short >= numbers.get(PACE, short + 1):
            found.append(Reason(PACE, int(percent), expected=int(expected)))
    for quiz, attempts in progress.failed:
        if attempts >= numbers.get(FAILED, attempts + 1):
            found.append(Reason(FAILED, attempts, quiz))
    return found
