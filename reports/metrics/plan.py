"""The plan of a cohort, attainment of its target, and pace."""

from __future__ import annotations

import numpy as np

from .frame import Count, Frame

QUIET_SHARE = 0.1
"""The part of a cohort's time in which nobody is expected to complete."""


def planned(opens_on: int, closes_on: int, persons: int, day: int) -> int:
    """Completions planned until a day: none in the first tenth, then evenly until all on the closing day.

    The same plan as on the cohort board (`curricula.risk`); a test holds the two together.
    """
    share = ((day - opens_on) / max(1, closes_on - opens_on) - QUIET_SHARE) / (1 - QUIET_SHARE)
    return round(persons * min(1.0, max(0.0, share)))


def attainment(frame: Frame, cohort: int) -> Count:
    """Completed until the cut-off, of the target; of those enrolled where the cohort has no target."""
    return Count(completed_in(frame, cohort), persons_expected(frame, cohort))


def pace(frame: Frame, cohort: int) -> Count:
    """Completed until the cut-off, of those planned until then."""
    c = frame.table("cohorts")
    plan = planned(
        int(c["opens_on"][cohort]), int(c["closes_on"][cohort]), persons_expected(frame, cohort), frame.last_day
    )
    return Count(completed_in(frame, cohort), plan)


def persons_expected(frame: Frame, cohort: int) -> int:
    """The target of a cohort, or its enrolled where it has none."""
    target = int(frame.table("cohorts")["target"][cohort])
    return target or int(np.count_nonzero(frame.enrollments["cohort"] == cohort))


def completed_in(frame: Frame, cohort: int) -> int:
    """Enrollments of a cohort completed by the cut-off."""
    return int(np.count_nonzero(frame.completed & (frame.enrollments["cohort"] == cohort)))
