"""Completion rates with both denominators, and the states in which enrollments stand."""

from __future__ import annotations

import numpy as np

from .frame import Count, Frame, Mask


def on_time(frame: Frame) -> Mask:
    """Enrollments completed by the last day of their cohort and by the cut-off, not annulled."""
    due: Mask = frame.enrollments["completed_on"] <= frame.table("cohorts")["closes_on"][frame.enrollments["cohort"]]
    return frame.completed & due


def of_enrolled(frame: Frame, among: Mask) -> Count:
    """Completed on time, of all enrolled by the cut-off."""
    return Count(int(np.count_nonzero(on_time(frame) & among)), int(np.count_nonzero(among)))


def of_started(frame: Frame, among: Mask) -> Count:
    """Completed on time, of those who had opened a course by the cut-off."""
    started = frame.started & among
    return Count(int(np.count_nonzero(on_time(frame) & started)), int(np.count_nonzero(started)))


def in_current_cohorts(frame: Frame) -> Mask:
    """Enrollments in cohorts that were open in the period."""
    return np.isin(frame.enrollments["cohort"], frame.current_cohorts)


def states(frame: Frame, cohort: int) -> dict[str, int]:
    """Enrollments of a cohort, each in exactly one state at the cut-off."""
    e = frame.enrollments
    mine = e["cohort"] == cohort
    done, gone = mine & frame.completed, mine & (e["withdrawn_on"] >= 0)
    still = mine & ~done & ~gone
    masks = {
        "completed": done,
        "in_progress": still & frame.started,
        "not_started": still & ~frame.started,
        "withdrawn": gone & ~done,
    }
    return {state: int(np.count_nonzero(mask)) for state, mask in masks.items()}
