"""A quiz of the questions in parts: matching, ordering, gaps, a place on a picture; each part has a feedback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .school import pair


def items(code: str = "CO-101") -> list[dict[str, Any]]:
    """Four items, as they stand in a source file; the right answers are `right_form`."""
    common = {"level": "apply", "lesson": [1]}
    said = {"feedback": pair("Said of it")}
    return [
        {
            "code": f"{code}-11", "kind": "matching", "stem": pair("Match"), "rationale": pair("Because"), **common,
            "outcome": "O1", "difficulty": "easy",
            "pairs": [
                {"letter": letter, "left": pair(f"Left {letter}"), "right": pair(f"Right {letter}"), **said}
                for letter in "AB"
            ],
            "distractors": [{"letter": "C", **pair("Right to nothing")}],
        },
        {
            "code": f"{code}-12", "kind": "ordering", "stem": pair("Order"), "rationale": pair("Because"), **common,
            "outcome": "O1", "difficulty": "hard",
            "options": {letter: {**pair(f"Step {letter}"), **said} for letter in "ABC"},
        },
        {
            "code": f"{code}-13", "kind": "gap", "rationale": pair("Because"), **common,
            "stem": {"en": "A {1} and a {2}", "es": "Una {2} y un {1}"}, "outcome": "O1", "difficulty": "easy",
            "gaps": [
                {"number": 1, "choices": [
                    {"letter": "A", **pair("chosen wrongly"), "correct": False, **said},
                    {"letter": "B", **pair("chosen rightly"), "correct": True},
                ]},
                {"number": 2, "accepted": {"en": ["unique tag"], "es": ["etiqueta única"]}},
            ],
        },
        {
            "code": f"{code}-14", "kind": "hotspot", "stem": pair("Where"), "rationale": pair("Because"), **common,
            "image": {"file": "pictures/CO-105-H1.png", "alt": pair("A truck")},
            "regions": [
                {"letter": "A", "label": pair("The block"), "points": ["49,49", "62.5,75"], "correct": True},
                {"letter": "B", "label": pair("The engine"), "points": ["0,50", "12.5,75"], "correct": False, **said},
            ],
        },
    ]  # fmt: skip


def right_form(place: Mapping[str, Any]) -> dict[str, str]:
    """What an officer who knows everything chooses in the form of a question, whatever order was drawn."""
    name = f"item-{place['item']}"
    kind = place["item"][-2:]
    if kind == "11":
        return {
            f"{name}.{n}": str(place["options"].index(letter) + 1) for n, letter in enumerate(place["lefts"], start=1)
        }
    if kind == "12":
        return {f"{name}.{n}": str("ABC".index(letter) + 1) for n, letter in enumerate(place["options"], start=1)}
    if kind == "13":
        return {f"{name}.1": "B", f"{name}.2": " ETIQUETA  UNICA "}
    return {name: "56.25,62.5"}


def wrong_form(place: Mapping[str, Any]) -> dict[str, str]:
    """A readable answer that is wrong in at least one part."""
    name = f"item-{place['item']}"
    kind = place["item"][-2:]
    if kind == "11":
        return {f"{name}.{n}": str(place["options"].index("C") + 1) for n in (1, 2)}
    if kind == "12":
        return {f"{name}.{n}": "1" for n in (1, 2, 3)}
    if kind == "13":
        return {f"{name}.1": "A", f"{name}.2": "an invention"}
    return {name: "6.25,62.5"}
