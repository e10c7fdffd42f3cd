"""Officers trained, completions of courses, hours, and the goals that they serve."""

from __future__ import annotations

import numpy as np

from .frame import Frame, Ints, distinct


def trained_persons(frame: Frame) -> Ints:
    """Persons with a completion of a curriculum in the period that was not annulled, each once (officers-trained)."""
    e = frame.enrollments
    return np.unique(e["person"][frame.completed & frame.within(e["completed_on"])])


def trained_to_date(frame: Frame) -> int:
    """The same until the cut-off, whenever the completion was."""
    return distinct(frame.enrollments["person"][frame.completed])


def completions(frame: Frame) -> int:
    """Completions of curricula in the period: a person who completed two counts twice."""
    return int(np.count_nonzero(frame.completed & frame.within(frame.enrollments["completed_on"])))


def trained_by_curriculum(frame: Frame) -> list[int]:
    """Persons trained in each curriculum, in the order of the table."""
    e = frame.enrollments
    mask = frame.completed & frame.within(e["completed_on"])
    return [distinct(e["person"][mask & (e["curriculum"] == row)]) for row in range(frame.snapshot.rows("curricula"))]


def persons_by(frame: Frame, persons: Ints, column: str, table: str) -> list[int]:
    """Persons in each row of `participants`, `agencies` or `offices`; each person once, at the latest post."""
    counts: list[int] = (
        np.bincount(frame.home_of(persons, column), minlength=frame.snapshot.rows(table)).tolist()
        if len(persons)
        else [0] * frame.snapshot.rows(table)
    )
    return counts


def course_completers(frame: Frame) -> list[Ints]:
    """Per course, the persons who completed it in the period, each once (course-completions)."""
    r = frame.records
    mask = frame.within(r["completed_on"])
    return [np.unique(r["person"][mask & (r["group"] == group)]) for group in range(len(frame.course_codes))]


def course_hours(frame: Frame) -> list[float]:
    """The length of each course, of its latest frozen version."""
    c = frame.table("courses")
    return [
        float(c["hours"][np.flatnonzero(frame.course_group == group)[-1]]) for group in range(len(frame.course_codes))
    ]


def goal_persons(frame: Frame) -> list[Ints]:
    """Per goal, the persons who completed at least one course that serves it in the period (goal-persons).

    A person counts once in a goal, and may count in several goals: they do not add up.
    """
    completers, serves = course_completers(frame), frame.goals_of_courses()
    empty = np.array([], dtype=np.int64)
    return [
        np.unique(np.concatenate([empty, *(completers[group] for group, goals in serves.items() if goal in goals)]))
        for goal in range(frame.snapshot.rows("goals"))
    ]
