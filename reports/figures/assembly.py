"""All figures of a report, from an extract. The report adds, divides and rounds nothing by itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..disclosure import Node, is_small, parent, withheld
from ..metrics import assessment, completion, coverage, languages, training
from ..metrics.frame import Count, Frame
from ..metrics.registry import DEFINITIONS, registry
from ..snapshots.schema import Snapshot, content_sha256
from .canonical import Figures
from .cohorts import cohorts, curricula
from .shown import HIDDEN, Shown, alone, lines, names, number_alone, rounded, shown, total, tree_of, without_offices


def figures_of(snapshot: Snapshot) -> Figures:
    """The canonical figures of an extract: the same extract gives the same figures, to the last digit."""
    frame, k = Frame.of(snapshot), snapshot.meta.smallest_cell
    meta = {name: value for name, value in snapshot.meta.as_mapping().items() if name != "schema"}
    return {
        "schema": 1,
        "meta": meta | {"definitions": DEFINITIONS, "content_sha256": content_sha256(snapshot.tables)},
        "participants": [
            {"code": frame.table("participants")["code"][row], "name": names(frame, "participants", row)}
            for row in range(snapshot.rows("participants"))
        ],
        "trained": _trained(frame, k),
        "coverage": _coverage(frame, k),
        "rates": _rates(frame, k),
        "cohorts": cohorts(frame, k),
        "goals": _goals(frame, k),
        "courses": _courses(frame, k),
        "curricula": curricula(frame, k),
        "first": _first(frame, k),
        "language": _language(frame, k),
        "metrics": {entry.id: entry.version for entry in registry().values()},
    }


def _trained(frame: Frame, k: int) -> dict[str, Any]:
    persons = training.trained_persons(frame)
    everybody = np.unique(frame.enrollments["person"])
    by_office = training.persons_by(frame, persons, "office", "offices")
    of_office = training.persons_by(frame, everybody, "office", "offices")
    root = without_offices(tree_of(frame, lambda row: (by_office[row], of_office[row] - by_office[row]), 2))
    tells_the_rest = is_small((len(everybody) - len(persons),), k) and not is_small((len(persons),), k)
    return {
        "persons": number_alone(len(persons), k),
        "completions": number_alone(training.completions(frame), k),
        "to_date": number_alone(training.trained_to_date(frame), k),
        "holders": number_alone(len(coverage.certificate_holders(frame)), k),
        "enrolled": None if tells_the_rest else number_alone(len(everybody), k),
        "lines": lines(frame, root, k),
    }


def _coverage(frame: Frame, k: int) -> dict[str, Any]:
    all_of_it = coverage.coverage(frame)
    root = tree_of(frame, lambda row: (int(all_of_it.held[row]), int(all_of_it.required[row] - all_of_it.held[row])), 2)
    shown_lines = lines(frame, root, k)
    return {
        "total": total(root, k),
        "lines": shown_lines,
        "offices": sum(1 for node in root.walk() if node.key[0] == "office"),
        "withheld_offices": sum(line["offices"] for line in shown_lines if line["level"] == "withheld"),
        "basis": "roster",
    }


def _rates(frame: Frame, k: int) -> dict[str, Any]:
    """Completion of enrolled and of started. Where a small count of the not started stands, the rate of started is
    withheld, and so is each sum in which it is contained."""
    e, current, done = frame.enrollments, completion.in_current_cohorts(frame), completion.on_time(frame)
    started = frame.started
    size = frame.snapshot.rows("offices")

    def by_office(mask: Any) -> Any:
        return np.bincount(e["office"][mask & current], minlength=size)

    completed, enrolled, began = by_office(done), by_office(np.ones(len(done), dtype=bool)), by_office(started)
    root = without_offices(tree_of(frame, lambda row: (completed[row], enrolled[row] - completed[row]), 2))
    fine = without_offices(
        tree_of(frame, lambda row: (completed[row], began[row] - completed[row], enrolled[row] - began[row]), 3)
    )
    of_started = {node.key: node for node in fine.walk() if not any(is_small(inner.counts, k) for inner in node.walk())}
    keyed: dict[tuple[str, ...], Shown] = {("total",): total(root, k)}
    found = lines(frame, root, k)
    codes = {("participant", c): i for i, c in enumerate(frame.table("participants")["code"])}
    codes |= {("agency", c): i for i, c in enumerate(frame.table("agencies")["code"])}
    for line in found:
        keyed[(line["level"], str(codes[line["level"], line["code"]]))] = line
    for key, line in keyed.items():
        node = of_started.get(key)
        visible = node is not None and not line["withheld"]
        line["of_started"] = (
            shown(Count(node.counts[0], node.counts[0] + node.counts[1])) if node and visible else dict(HIDDEN)
        )
    return {"total": keyed[("total",)], "lines": found}


def _goals(frame: Frame, k: int) -> list[dict[str, Any]]:
    serves = frame.goals_of_courses()
    found = []
    goals = frame.table("goals")
    for row, persons in enumerate(training.goal_persons(frame)):
        by = training.persons_by(frame, persons, "participant", "participants")
        root = parent(("goal",), [Node((str(i),), (count,)) for i, count in enumerate(by)], 1)
        hidden = withheld(root, k=k)
        found.append(
            {
                "instrument": goals["instrument"][row],
                "number": int(goals["number"][row]),
                "name": names(frame, "goals", row),
                "courses": sum(1 for served in serves.values() if row in served),
                "persons": None if root.key in hidden else len(persons),
                "by_participant": [None if (str(i),) in hidden else count for i, count in enumerate(by)],
            }
        )
    return sorted(found, key=lambda goal: (goal["instrument"], goal["number"]))


def _courses(frame: Frame, k: int) -> list[dict[str, Any]]:
    completers, hours, serves = (
        training.course_completers(frame),
        training.course_hours(frame),
        frame.goals_of_courses(),
    )
    numbers = frame.table("goals")["number"]
    first, found = assessment.first_attempts(frame), []
    root = parent(
        ("all",),
        [
            Node((code,), (count.part, count.rest))
            for code, count in (
                (code, assessment.passed(frame, first & (frame.attempts["group"] == i)))
                for i, code in enumerate(frame.course_codes)
            )
        ],
        2,
    )
    hidden = withheld(root, k=k)
    for group, code in enumerate(frame.course_codes):
        n = number_alone(len(completers[group]), k)
        count = Count(root.children[group].counts[0], root.children[group].persons)
        low_high = assessment.interval(count)
        is_hidden = (code,) in hidden
        found.append(
            {
                "code": code,
                "title": frame.course_titles(code),
                "hours": hours[group],
                "goals": sorted(int(numbers[goal]) for goal in serves[group]),
                "serves": _serves(frame, serves[group]),
                "primary": next((int(numbers[goal]) for goal, primary in serves[group].items() if primary), None),
                "completions": n,
                "person_hours": None if n is None else round(n * hours[group], 1),
                "first": (dict(HIDDEN) if is_hidden else shown(count))
                | {
                    "low": None if is_hidden or low_high is None else rounded(low_high[0]),
                    "high": None if is_hidden or low_high is None else rounded(low_high[1]),
                },
            }
        )
    return found


def _serves(frame: Frame, goals: dict[int, bool]) -> list[dict[str, Any]]:
    """The goals of a course with their instruments, as numbers repeat from instrument to instrument."""
    table = frame.table("goals")
    found = [
        {"instrument": table["instrument"][row], "number": int(table["number"][row]), "primary": primary}
        for row, primary in goals.items()
    ]
    return sorted(found, key=lambda goal: (goal["instrument"], goal["number"]))


def _first(frame: Frame, k: int) -> dict[str, Any]:
    first = assessment.first_attempts(frame)
    offices, size = frame.enrollments["office"][frame.attempts["enrollment"]], frame.snapshot.rows("offices")
    sat = np.bincount(offices[first], minlength=size)
    good = np.bincount(offices[first & (frame.attempts["passed"] == 1)], minlength=size)
    root = without_offices(tree_of(frame, lambda row: (good[row], sat[row] - good[row]), 2))
    return {"total": total(root, k), "lines": lines(frame, root, k)}


def _language(frame: Frame, k: int) -> dict[str, Any]:
    lessons, attempts = languages.lessons_by_language(frame), languages.attempts_by_language(frame)
    return {
        "lessons": alone(Count(lessons["es"], lessons["en"] + lessons["es"]), k),
        "attempts": alone(Count(attempts["es"], attempts["en"] + attempts["es"]), k),
        "both": alone(languages.both_languages(frame), k),
    }
