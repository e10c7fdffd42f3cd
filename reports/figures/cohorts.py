"""Cohorts and curricula in figures. Their counts stand in sums, so what is withheld is decided for all at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..disclosure import Key, Node, parent, withheld
from ..metrics import assessment, completion, coverage, plan, training
from ..metrics.frame import Count, Frame, date_of
from .curves import curve
from .shown import HIDDEN, Shown, names, number_alone, rounded, shown

TOTAL: Key = ("total",)


@dataclass(frozen=True, slots=True)
class Withheld:
    """The cohorts and curricula whose enrolled, or one of whose rates, is withheld."""

    enrolled: frozenset[Key]
    of_enrolled: frozenset[Key]
    of_started: frozenset[Key]

    @classmethod
    def of(cls, frame: Frame, k: int) -> Withheld:
        """Decided over total, curriculum and cohort."""
        e, rows = frame.enrollments, [int(row) for row in frame.current_cohorts]
        rates = {row: completion.of_enrolled(frame, e["cohort"] == row) for row in rows}
        started = {row: completion.of_started(frame, e["cohort"] == row).whole for row in rows}

        def hidden(width: int, counts: Callable[[int], tuple[int, ...]]) -> frozenset[Key]:
            curricula = frame.table("cohorts")["curriculum"]
            nodes: dict[int, list[Node]] = {}
            for row in rows:
                nodes.setdefault(int(curricula[row]), []).append(Node(("cohort", str(row)), counts(row)))
            middle = [parent(("curriculum", str(row)), mine, width) for row, mine in sorted(nodes.items())]
            return withheld(parent(TOTAL, middle, width), k=k)

        return cls(
            hidden(1, lambda row: (rates[row].whole,)),
            hidden(2, lambda row: (rates[row].part, rates[row].rest)),
            hidden(3, lambda row: (rates[row].part, started[row] - rates[row].part, rates[row].whole - started[row])),
        )


def cohorts(frame: Frame, k: int) -> list[dict[str, Any]]:
    """Cohorts open in the period, the largest target first."""
    hidden = Withheld.of(frame, k)
    return [_cohort(frame, int(row), k, hidden) for row in frame.current_cohorts]


def _cohort(frame: Frame, row: int, k: int, hidden: Withheld) -> dict[str, Any]:
    c, key = frame.table("cohorts"), ("cohort", str(row))
    states, target, ahead = completion.states(frame, row), plan.attainment(frame, row), plan.pace(frame, row)
    has_target, mine = bool(c["target"][row]), frame.enrollments["cohort"] == row
    enrolled = None if key in hidden.enrolled else number_alone(sum(states.values()), k)
    is_telling = enrolled is None or key in hidden.of_enrolled
    by_state = dict.fromkeys(states) if is_telling else _states(states, k)
    is_hidden = by_state["completed"] is None
    rates = completion.of_enrolled(frame, mine), completion.of_started(frame, mine)
    return {
        "code": c["code"][row],
        "name": names(frame, "cohorts", row),
        "curriculum": frame.table("curricula")["code"][c["curriculum"][row]],
        "edition": int(c["edition"][row]),
        "opens_on": date_of(c["opens_on"][row]).isoformat(),
        "closes_on": date_of(c["closes_on"][row]).isoformat(),
        "is_over": bool(c["closes_on"][row] <= frame.last_day),
        "has_target": has_target,
        "target": target.whole if has_target else enrolled,
        "planned": ahead.whole if has_target or enrolled is not None else None,
        "enrolled": enrolled,
        "completed": by_state["completed"],
        "attained": None if is_hidden else rounded(target.share),
        "pace": None if is_hidden else rounded(ahead.share),
        "states": by_state,
        "of_enrolled": _shown(rates[0], is_hidden),
        "of_started": _shown(rates[1], is_hidden or key in hidden.of_started),
        "curve": None if is_hidden else curve(frame, row, states, k),
    }


def _shown(count: Count, is_hidden: bool) -> Shown:
    return dict(HIDDEN) if is_hidden else shown(count)


def _states(states: dict[str, int], k: int) -> dict[str, int | None]:
    """Counts by state; the small ones are withheld, and as many more as it takes. Those still open are one group, as
    the curve tells how many they are."""
    leaf = {state: Node((state,), (count,)) for state, count in states.items()}
    still = parent(("open",), [leaf["in_progress"], leaf["not_started"]], 1)
    hidden = withheld(parent(("enrolled",), [leaf["completed"], leaf["withdrawn"], still], 1), k=k)
    return {state: None if (state,) in hidden else count for state, count in states.items()}


def curricula(frame: Frame, k: int) -> list[dict[str, Any]]:
    """Curricula, each with its counts."""
    trained, table = training.trained_by_curriculum(frame), frame.table("curricula")
    first, e = assessment.first_attempts(frame), frame.enrollments
    current, of_attempt = completion.in_current_cohorts(frame), e["curriculum"][frame.attempts["enrollment"]]
    rows, hidden = range(frame.snapshot.rows("curricula")), Withheld.of(frame, k).of_enrolled
    covered = _together([coverage.coverage(frame, row).total for row in rows], k)
    passed = _together([assessment.passed(frame, first & (of_attempt == row)) for row in rows], k)
    return [
        {
            "code": table["code"][row],
            "title": names(frame, "curricula", row),
            "trained": number_alone(trained[row], k),
            "coverage": covered[row],
            "of_enrolled": _shown(
                completion.of_enrolled(frame, np.asarray(current & (e["curriculum"] == row))),
                ("curriculum", str(row)) in hidden,
            ),
            "first": passed[row],
        }
        for row in rows
    ]


def _together(counts: list[Count], k: int) -> list[Shown]:
    """Counts whose sum is shown too."""
    nodes = [Node((str(i),), (count.part, count.rest)) for i, count in enumerate(counts)]
    hidden = withheld(parent(TOTAL, nodes, 2), k=k)
    return [_shown(count, node.key in hidden) for count, node in zip(counts, nodes, strict=True)]
