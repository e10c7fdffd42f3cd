"""Section 2: the goals of the Declaration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from certificates.pdf.marks import PAPER, RIVER, RULE, SAND, Mark, rect

from .blocks import Flow, W
from .charts import dot
from .edition import Edition
from .tables import Column, Row, add_table

MOST_GOALS = 10  # columns of one matrix


def goals(e: Edition, flow: Flow) -> None:
    """Persons by goal; which course serves which goal."""
    found, enrolled = e.figures["goals"], e.figures["trained"]["enrolled"]
    flow.heading(_goals_message(e))
    unit = e.say("u_goals", enrolled=e.count(enrolled)) if enrolled else e.say("u_goals_open")
    flow.caption(e.label("figure"), e.say("f_goals"), unit)
    if not found:
        flow.note(e.say("e_goals"))
    else:
        _goal_bars(e, flow, enrolled or max([1, *(goal["persons"] or 0 for goal in found)]))
    for first in range(0, max(1, len(found)), MOST_GOALS):
        label = e.label("table")
        flow.caption(label, e.say("t_matrix"), e.say("u_matrix"))
        if e.figures["courses"]:
            _matrix(e, flow, found[first : first + MOST_GOALS], label)
        else:
            flow.note(e.say("e_courses"))


def _goals_message(e: Edition) -> str:
    found = e.figures["goals"]
    if not found or any(goal["persons"] is None for goal in found):
        return e.say("m2_plain")
    reached = sum(1 for goal in found if goal["persons"])
    if reached == len(found):
        return e.say("m2_all")
    return e.say("m2_some", n=e.count(reached), all=e.count(len(found))) if reached else e.say("m2_none")


def goal_label(e: Edition, goal: dict[str, Any]) -> str:
    """The number of a goal; with its instrument where there are several."""
    several = len({each["instrument"] for each in e.figures["goals"]}) > 1
    return f"{goal['number']} ({e.named(goal['instrument'])})" if several else str(goal["number"])


def _goal_bars(e: Edition, flow: Flow, full: int) -> None:
    """A bar for each goal, with the persons of each Participant beside it."""
    bar_at, each_wide = 212.0, 46.0
    sides = e.participants()
    bar_wide = max(60.0, W - bar_at - each_wide * (len(sides) + 1) - 4)
    cols = [
        Column(e.say("h_goal"), bar_at - 6, "left"),
        Column("", bar_wide + 10),
        Column(e.say("both") if len(sides) == 2 else e.say("total"), each_wide),
        *(Column(e.named(side["code"]), each_wide) for side in sides),
    ]

    def bar(persons: int | None) -> Callable[[float], list[Mark]]:
        def plot(middle: float) -> list[Mark]:
            track = rect(bar_at, middle - 4.5, bar_wide, 9, fill=SAND)
            return [track, rect(bar_at, middle - 4.5, bar_wide * min(1.0, (persons or 0) / full), 9, fill=RIVER)]

        return plot

    rows = []
    for goal in e.figures["goals"]:
        by = [e.count(goal["by_participant"][place]) for place in e.order]
        name = f"{goal_label(e, goal)}  {e.name(goal['name'])}"
        rows.append(Row([name, "", e.count(goal["persons"]), *by], plot=bar(goal["persons"])))
    add_table(flow, cols, rows, label=e.again(e.say("figure", n=str(e.numbered["figure"]))), row=18)


def _matrix(e: Edition, flow: Flow, found: list[dict[str, Any]], label: str) -> None:
    several = len({each["instrument"] for each in e.figures["goals"]}) > 1
    wide = 19.5 if not several else 30.0
    rest = (36.0, 60.0, 62.0)
    title = W - 46 - wide * len(found) - sum(rest)
    cols = [
        Column(e.say("h_course"), 46, "left"),
        Column("", title, "left"),
        *(Column(goal_label(e, goal), wide, "centre") for goal in found),
        *(Column(e.say(head), w) for head, w in zip(("h_hours", "h_completions", "h_person_hours"), rest, strict=True)),
    ]

    def squares(course: dict[str, Any]) -> Callable[[float], list[Mark]]:
        def plot(middle: float) -> list[Mark]:
            marks: list[Mark] = []
            for i, goal in enumerate(found):
                x = 46 + title + wide * (i + 0.5)
                if not serves(course, goal):
                    marks.append(dot(x, middle, 0.6, fill=RULE))
                elif is_primary(course, goal):
                    marks.append(rect(x - 3.2, middle - 3.2, 6.4, 6.4, fill=RIVER))
                else:
                    marks.append(rect(x - 2.9, middle - 2.9, 5.8, 5.8, fill=PAPER, stroke=RIVER))
            return marks

        return plot

    rows = [
        Row(
            [
                e.named(course["code"]),
                e.name(course["title"]),
                *("" for _ in found),
                f"{course['hours']:g}",
                e.count(course["completions"]),
                e.count(course["person_hours"], 1),
            ],
            plot=squares(course),
        )
        for course in e.figures["courses"]
    ]
    counts = [e.count(goal["courses"]) for goal in found]
    rows.append(Row(["", e.say("courses_of_goal"), *counts, "", "", ""], bold=True, panel=True))
    add_table(flow, cols, rows, label=e.again(label))


def serves(course: dict[str, Any], goal: dict[str, Any]) -> bool:
    """Whether a course serves a goal."""
    return any((g["instrument"], g["number"]) == (goal["instrument"], goal["number"]) for g in course["serves"])


def is_primary(course: dict[str, Any], goal: dict[str, Any]) -> bool:
    """Whether it is the course's primary goal."""
    key = goal["instrument"], goal["number"]
    return any(g["primary"] and (g["instrument"], g["number"]) == key for g in course["serves"])
