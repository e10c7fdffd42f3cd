"""What differs between two editions: a pure comparison of canonical contents, by learning object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def differences(old: Iterable[dict[str, Any]], new: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a learning object `added`, `removed` or `changed`, with its kind, code and title pair, in order."""
    before, after = _objects(old), _objects(new)
    rows = [
        _row(code, "added" if code not in before else "changed", after[code])
        for code in after
        if before.get(code) != after[code]
    ]
    return rows + [_row(code, "removed", before[code]) for code in before if code not in after]


def _row(code: str, change: str, thing: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "change": change, "kind": thing["kind"], "title": thing["title"]}


def _objects(courses: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    objects: dict[str, dict[str, Any]] = {}
    for course in courses:
        own = {key: value for key, value in course.items() if key not in {"lessons", "quizzes", "glossary"}}
        objects[course["code"]] = {"kind": "course", **own}
        for lesson in course["lessons"]:
            objects[lesson["code"]] = {"kind": "lesson", **lesson}
        for quiz in course["quizzes"]:
            objects[quiz["code"]] = {"kind": "quiz", **{key: value for key, value in quiz.items() if key != "items"}}
            for item in quiz["items"]:
                objects.setdefault(item["code"], {"kind": "item", "title": item["stem"], **item})
    return objects
