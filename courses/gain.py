"""What an officer gained: right answers before the lessons beside those of the final assessment on the same lessons.

Pure: frozen items and answers in, counts out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .scoring import mark

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gain:
    """Counts of right answers and of questions, before and after, on the same lessons or outcomes."""

    before_right: int
    before_all: int
    after_right: int
    after_all: int

    @property
    def before_percent(self) -> int:
        return round(100 * self.before_right / self.before_all)

    @property
    def after_percent(self) -> int:
        return round(100 * self.after_right / self.after_all)

    @property
    def points(self) -> int:
        """Percentage points between both; less than nothing when it went down."""
        return self.after_percent - self.before_percent


def items_of(course: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The items of the pre-assessment of a canonical course; none when it has no pre-assessment."""
    items: list[dict[str, Any]] = course.get("pre_assessment", {}).get("items", [])
    return items


def gain_of(
    before: Sequence[Item],
    before_answers: Mapping[str, Sequence[str]],
    after: Sequence[Item],
    after_answers: Mapping[str, Sequence[str]],
) -> Gain | None:
    """The gain on what both ask about: items that share a lesson, or the outcome. None when they share nothing."""
    subjects = _subjects(before)
    asked_again = [item for item in after if _subjects([item]) & subjects]
    shared = _subjects(asked_again)
    asked_before = [item for item in before if _subjects([item]) & shared]
    if not asked_again:
        return None
    return Gain(
        _right(asked_before, before_answers), len(asked_before), _right(asked_again, after_answers), len(asked_again)
    )


def _subjects(items: Sequence[Item]) -> set[str]:
    return {name for item in items for name in (*item["lessons"], *filter(None, [item.get("outcome")]))}


def _right(items: Sequence[Item], answers: Mapping[str, Sequence[str]]) -> int:
    return sum(mark(item, answers.get(item["code"], [])) == 1 for item in items)
