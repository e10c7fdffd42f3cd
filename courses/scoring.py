"""Marks an attempt: pure functions of the frozen item and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

FULL, NONE = Decimal(1), Decimal(0)


class UnreadableAnswer(ValueError):
    """The answer is not of the item's kind; `str()` is what was given."""


@dataclass(frozen=True, slots=True)
class Result:
    """Marks by item code (0 to 1), the score in percent with two decimals, and whether it reaches the pass mark."""

    marks: dict[str, Decimal]
    score_percent: Decimal
    passed: bool


def read_answer(item: Mapping[str, Any], given: Sequence[str]) -> list[str]:
    """An answer in its one written form: sorted letters, or a number with a decimal point. Empty when none was given.

    Raises:
        UnreadableAnswer: a letter that is not an option, several where one is asked, or no number.
    """
    values = sorted({value.strip() for value in given if value.strip()})
    if not values:
        return []
    if item["kind"] == "numeric":
        return [_number_as_text(values)]
    letters = {option["letter"] for option in item["options"]}
    if not set(values) <= letters or (item["kind"] != "multiple" and len(values) > 1):
        raise UnreadableAnswer(", ".join(values))
    return values


def mark(item: Mapping[str, Any], answer: Sequence[str]) -> Decimal:
    """1 for right, 0 for wrong or nothing. Several right options count only as a whole."""
    if not answer:
        return NONE
    if item["kind"] == "numeric":
        distance = abs(Decimal(answer[0]) - Decimal(item["number"]["answer"]))
        return FULL if distance <= Decimal(item["number"]["tolerance"]) else NONE
    right = {option["letter"] for option in item["options"] if option.get("correct")}
    return FULL if set(answer) == right else NONE


def score(items: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[str]], pass_percent: int) -> Result:
    """The result of an attempt: the share of marks over all items drawn, answered or not."""
    marks = {item["code"]: mark(item, answers.get(item["code"], [])) for item in items}
    share = sum(marks.values(), NONE) / len(items) if items else NONE
    percent = (share * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Result(marks, percent, percent >= pass_percent)


def _number_as_text(values: list[str]) -> str:
    if len(values) > 1:
        raise UnreadableAnswer(", ".join(values))
    text = values[0].replace("−", "-").replace(" ", "").replace("\u00a0", "")
    if "," in text and "." not in text and len(text.rsplit(",", 1)[1]) != 3:
        text = text.replace(",", ".")
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise UnreadableAnswer(values[0]) from None
    if not number.is_finite() or abs(number) > Decimal(10) ** 12:
        raise UnreadableAnswer(values[0])
    return format(number.normalize(), "f")
