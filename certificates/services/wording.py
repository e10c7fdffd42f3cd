"""What a certificate says of an edition, put together from the frozen courses. Pure: canonical content in, payload
parts out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ..payload import MOST_OUTCOMES, GoalServed, Pair

_MODE = re.compile(r"(?P<name>\D.*?) (?P<hours>\d+(?:\.\d+)?) h\Z")


def outcomes_of(contents: Sequence[Mapping[str, Any]]) -> tuple[Pair, ...]:
    """The first outcome of each course, then the second of each, until there are enough."""
    turns = zip_longest(*(content["outcomes"] for content in contents))
    in_turn = [outcome for turn in turns for outcome in turn if outcome is not None]
    return tuple(Pair(outcome["en"], outcome["es"]) for outcome in in_turn[:MOST_OUTCOMES])


def goals_of(contents: Sequence[Mapping[str, Any]]) -> tuple[GoalServed, ...]:
    """All goals that the courses serve, of the instrument that the first course names first. The goal that most
    courses serve first is the primary one; among equals, the lower number."""
    served = [goal for content in contents for goal in content["goals"]]
    if not served:
        return ()
    instrument = served[0]["instrument"]
    goals = {goal["number"]: goal["name"] for goal in served if goal["instrument"] == instrument}
    firsts = [goal["number"] for goal in served if goal["instrument"] == instrument and goal["primary"]]
    primary = min(goals, key=lambda number: (-firsts.count(number), number))
    return tuple(
        GoalServed(number, goals[number]["en"], goals[number]["es"], number == primary) for number in sorted(goals)
    )


def modes_of(contents: Sequence[Mapping[str, Any]], language: str) -> str:
    """The modes of all courses with their hours added up: `Self-paced 10 h, practical 12 h`. What cannot be read is
    kept as it is."""
    hours: dict[str, float] = {}
    others: list[str] = []
    for content in contents:
        for part in filter(None, (part.strip() for part in content["modes"].get(language, "").split(","))):
            found = _MODE.match(part)
            if found:
                name = found["name"][:1].lower() + found["name"][1:]
                hours[name] = hours.get(name, 0) + float(found["hours"])
            elif part not in others:
                others.append(part)
    parts = [*(f"{name} {amount:g}\u00a0h" for name, amount in hours.items()), *others]
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]
