"""First attempts: how many were passed."""

from __future__ import annotations

import math

import numpy as np

from .frame import Count, Frame, Mask

Z95 = 1.959963984540054


def first_attempts(frame: Frame) -> Mask:
    """First attempts handed in during the period (first-attempt-pass). What was not handed in is not failed."""
    found: Mask = (frame.attempts["number"] == 1) & frame.within(frame.attempts["submitted_on"])
    return found


def passed(frame: Frame, among: Mask) -> Count:
    """Passed, of the attempts `among`."""
    return Count(int(np.count_nonzero(among & (frame.attempts["passed"] == 1))), int(np.count_nonzero(among)))


def interval(count: Count) -> tuple[float, float] | None:
    """95% interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22:209); None of nothing."""
    n = count.whole
    if not n:
        return None
    share, z2 = count.part / n, Z95 * Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)
