"""What differs between two editions: a pure comparison of canonical contents, by learning object.

Nothing that differs is invisible: whatever changes the canonical form gives at least one row (checked by a property).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .changes import Change, changes_between, everything_in, is_same

APART = {"lessons", "exercises", "quizzes", "items"}
"""Lists of learning objects: each is compared on its own, its list by codes alone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A learning object that is `added`, `removed` or `changed`, with every single change in reading order.

    `kind` is edition, course, lesson, exercise, quiz or item; `reads` is the code of the page on which it can be read.
    """

    code: str
    kind: str
    change: str
    title: dict[str, str]
    reads: str
    changes: list[Change]


def differences(old: Iterable[dict[str, Any]], new: Iterable[dict[str, Any]]) -> list[Difference]:
    """One entry a learning object that differs, in the order of the new edition; then what it no longer holds."""
    before, after = _objects(old), _objects(new)
    found = [_difference(key, before.get(key), thing) for key, thing in after.items()]
    found += [_difference(key, thing, None) for key, thing in before.items() if key not in after]
    return [each for each in found if each is not None]


def differences_of(code: str, old: Iterable[dict[str, Any]], new: Iterable[dict[str, Any]]) -> list[Difference]:
    """Those that stand on the page of one course, lesson or quiz; a quiz shows its items as well."""
    return [each for each in differences(old, new) if each.reads == code]


Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Object:
    kind: str
    reads: str
    title: dict[str, str]
    content: dict[str, Any]


def _difference(key: Key, old: _Object | None, new: _Object | None) -> Difference | None:
    thing = new or old
    assert thing is not None
    if old and new:
        if is_same(old.content, new.content):
            return None
        change, rows = "changed", changes_between(old.content, new.content)
    else:
        change = "added" if new else "removed"
        rows = everything_in(thing.content, change)
    return Difference(key[-1], thing.kind, change, thing.title, thing.reads, rows)


def _objects(courses: Iterable[dict[str, Any]]) -> dict[Key, _Object]:
    courses = list(courses)
    objects: dict[Key, _Object] = {}
    if courses:
        order = [course["code"] for course in courses]
        objects["",] = _Object("edition", "", {"en": "", "es": ""}, {"courses": order})
    for course in courses:
        code = course["code"]
        objects[code,] = _Object("course", code, course["title"], _own(course))
        for lesson in course["lessons"]:
            objects[code, lesson["code"]] = _Object("lesson", lesson["code"], lesson["title"], lesson)
        for exercise in course.get("exercises", []):
            objects[code, exercise["code"]] = _Object("exercise", exercise["code"], exercise["title"], exercise)
        for quiz in course["quizzes"]:
            objects[code, quiz["code"]] = _Object("quiz", quiz["code"], quiz["title"], _own(quiz))
            for item in quiz["items"]:
                key = (code, quiz["code"], item["code"])
                objects[key] = _Object("item", quiz["code"], item["stem"], item)
    return objects


def _own(thing: dict[str, Any]) -> dict[str, Any]:
    """The object without the objects in it, of which only the codes and their order stay."""
    return {key: [each["code"] for each in value] if key in APART else value for key, value in thing.items()}
