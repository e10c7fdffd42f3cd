"""The completion curve: cumulative incidence with withdrawal as a competing event.

Aalen and Johansen (1978), Scandinavian Journal of Statistics 5:141. One minus Kaplan and Meier would take
withdrawal for censoring and overstate completion. Variance by the delta method (Marubini and Valsecchi 1995, chapter
10); without a competing event it is Greenwood's (1926).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .frame import Frame

COMPLETED, WITHDRAWN, OPEN = 1, 2, 0
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Point:
    """The curve just after a time: at risk before it, the incidences, the standard error of completion."""

    time: int
    at_risk: int
    events: tuple[int, int]  # completed, withdrawn
    completed: float
    withdrawn: float
    error: float

    @property
    def band(self) -> tuple[float, float]:
        """95% confidence, within 0 and 1."""
        return max(0.0, self.completed - Z95 * self.error), min(1.0, self.completed + Z95 * self.error)


def cumulative_incidence(times: npt.ArrayLike, events: npt.ArrayLike) -> list[Point]:
    """CIF_c(t) = Σ S(t−) d_c / n over the times at which something happened; S is over all causes.

    Linear in the number of times.

    `times` are durations; `events` are COMPLETED, WITHDRAWN or OPEN (censored).
    Those censored at a time are at risk at it.
    """
    t, e = np.asarray(times, dtype=np.int64), np.asarray(events, dtype=np.int64)
    moments = np.unique(t[e != OPEN])
    survival, done, gone = 1.0, 0.0, 0.0
    points = []
    greenwood, linear, square, cross, cross_done, spread = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for moment in moments.tolist():
        n = int(np.count_nonzero(t >= moment))
        c, w = (
            int(np.count_nonzero((t == moment) & (e == COMPLETED))),
            int(np.count_nonzero((t == moment) & (e == WITHDRAWN))),
        )
        d = c + w
        done += survival * c / n
        gone += survival * w / n
        if n > d:  # Σ (F − F_j)² g_j, kept as its three sums, so that no point looks back
            g = d / (n * (n - d))
            greenwood, linear, square = greenwood + g, linear + done * g, square + done * done * g
        spread += survival**2 * (n - c) * c / n**3
        step = survival * c / n**2
        cross, cross_done = cross + step, cross_done + step * done
        variance = done * done * greenwood - 2 * done * linear + square + spread - 2 * (done * cross - cross_done)
        points.append(Point(moment, n, (c, w), done, gone, math.sqrt(max(0.0, variance))))
        survival *= 1 - d / n
    return points


def cohort_curve(frame: Frame, cohort: int) -> list[Point]:
    """The curve of a cohort in days since an officer could begin: the opening, or the own later enrollment."""
    e = frame.enrollments
    rows = np.flatnonzero(e["cohort"] == cohort)
    begin = np.maximum(frame.table("cohorts")["opens_on"][cohort], e["enrolled_on"][rows])
    completed, withdrawn = e["completed_on"][rows], e["withdrawn_on"][rows]
    is_done = frame.completed[rows]
    is_gone = ~is_done & (withdrawn >= 0)
    end = np.where(is_done, completed, np.where(is_gone, withdrawn, frame.last_day))
    events = np.where(is_done, COMPLETED, np.where(is_gone, WITHDRAWN, OPEN))
    return cumulative_incidence(np.maximum(0, end - begin), events)


def at(points: list[Point], time: int) -> Point:
    """The curve at a time: the last point until then."""
    known = [point for point in points if point.time <= time]
    return known[-1] if known else Point(0, points[0].at_risk if points else 0, (0, 0), 0.0, 0.0, 0.0)


def median_time(points: list[Point]) -> int | None:
    """When half had completed; None while fewer have."""
    return next((point.time for point in points if point.completed >= 0.5), None)
