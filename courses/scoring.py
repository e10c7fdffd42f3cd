"""Marks an attempt: pure functions of the frozen item and the answer.

An answer is a sorted list of strings. Options: the letters chosen. A number: the number. Questions in parts have one
entry for each part that was answered: `A=C` (left side A with right side C), `B=3` (option B in third place),
`1=A` or `1=seal` (gap 1 with choice A, or with the word that was written). A place on a picture: `x,y` in percent of
width and height.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from .geometry import is_within, read_point, rows_of, zones_within

Item = Mapping[str, Any]
FULL, NONE = Decimal(1), Decimal(0)
PARTS = frozenset({"matching", "ordering", "gap"})
"""The kinds whose answer has an entry for each part."""
MOST_LETTERS = 80
"""How long an answer written into a gap may be."""


class UnreadableAnswer(ValueError):
    """The answer is not of the item's kind; `str()` is what was given."""


@dataclass(frozen=True, slots=True)
class Result:
    """Marks by item code (0 to 1), the score in percent with two decimals, and whether it reaches the pass mark."""

    marks: dict[str, Decimal]
    score_percent: Decimal
    passed: bool


def read_answer(item: Item, given: Sequence[str]) -> list[str]:
    """An answer in its one written form (see above). Empty when none was given.

    Raises:
        UnreadableAnswer: a letter that is not offered, several where one is asked, no number, no place.
    """
    values = sorted({value.strip() for value in given if value.strip()})
    if not values:
        return []
    if item["kind"] == "numeric":
        return [_number_as_text(values)]
    if item["kind"] in PARTS:
        return _read_parts(item, values)
    if item["kind"] == "hotspot":
        return [_place_as_text(values)]
    letters = {option["letter"] for option in item["options"]}
    if not set(values) <= letters or (item["kind"] != "multiple" and len(values) > 1):
        raise UnreadableAnswer(", ".join(values))
    return values


def mark(item: Item, answer: Sequence[str]) -> Decimal:
    """1 for right, 0 for wrong or nothing. Every question counts only as a whole: all options, all parts."""
    if not answer:
        return NONE
    if item["kind"] == "numeric":
        distance = abs(Decimal(answer[0]) - Decimal(item["number"]["answer"]))
        return FULL if distance <= Decimal(item["number"]["tolerance"]) else NONE
    if item["kind"] == "hotspot":
        point = read_point(answer[0])
        hit = any(is_within(point, region["points"]) for region in item["regions"] if region.get("correct"))
        return FULL if hit else NONE
    if item["kind"] in PARTS:
        right = right_parts(item, answer)
        return FULL if len(right) == len(part_names(item)) else NONE
    letters = {option["letter"] for option in item["options"] if option.get("correct")}
    return FULL if set(answer) == letters else NONE


def score(items: Sequence[Item], answers: Mapping[str, Sequence[str]], pass_percent: int) -> Result:
    """The result of an attempt: the share of marks over all items drawn, answered or not."""
    marks = {item["code"]: mark(item, answers.get(item["code"], [])) for item in items}
    share = sum(marks.values(), NONE) / len(items) if items else NONE
    percent = (share * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Result(marks, percent, percent >= pass_percent)


def key_of(item: Item) -> list[str]:
    """A right answer of an item; empty when it has none. Of a gap to write in, the first answer that counts."""
    kind = item["kind"]
    if kind == "numeric":
        return [item["number"]["answer"]]
    if kind == "matching":
        return [f"{pair['letter']}={pair['letter']}" for pair in item["pairs"]]
    if kind == "ordering":
        return sorted(f"{option['letter']}={place}" for place, option in enumerate(item["options"], start=1))
    if kind == "gap":
        return sorted(f"{gap['number']}={right}" for gap in item["gaps"] for right in _right_of(gap)[:1])
    if kind == "hotspot":
        rows = rows_of(item["image"]["width"], item["image"]["height"])
        shapes = [region["points"] for region in item["regions"] if region.get("correct")]
        return [zone.answer for shape in shapes for zone in zones_within(shape, rows)][:1]
    return [option["letter"] for option in item["options"] if option.get("correct")]


def parts_of(answer: Sequence[str]) -> dict[str, str]:
    """What was given for each part of a question in parts."""
    return {name: value for name, _, value in (entry.partition("=") for entry in answer)}


def part_names(item: Item) -> list[str]:
    """The parts that are to be answered: letters, or the numbers of gaps."""
    if item["kind"] == "gap":
        return [str(gap["number"]) for gap in item["gaps"]]
    return [part["letter"] for part in item["pairs" if item["kind"] == "matching" else "options"]]


def right_parts(item: Item, answer: Sequence[str]) -> set[str]:
    """The parts that are right."""
    given = parts_of(answer)
    if item["kind"] == "gap":
        return {str(gap["number"]) for gap in item["gaps"] if _counts(gap, given.get(str(gap["number"]), ""))}
    key = parts_of(key_of(item))
    return {name for name, value in given.items() if key.get(name) == value}


def folded(text: str) -> str:
    """A written answer without what does not matter: capitals, accents, spaces around and doubled."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def _right_of(gap: Item) -> list[str]:
    if choices := gap.get("choices"):
        return [choice["letter"] for choice in choices if choice.get("correct")]
    accepted = gap.get("accepted", {})
    return [*accepted.get("en", []), *accepted.get("es", [])]


def _counts(gap: Item, value: str) -> bool:
    if gap.get("choices"):
        return value in _right_of(gap)
    return bool(value) and folded(value) in {folded(right) for right in _right_of(gap)}


def _read_parts(item: Item, values: list[str]) -> list[str]:
    parts = parts_of(values)
    offered = _offered(item)
    readable = len(parts) == len(values) and parts.keys() <= offered.keys()
    if not readable or any(offered[name] is not None and parts[name] not in offered[name] for name in parts):
        raise UnreadableAnswer(", ".join(values))
    if any(len(value) > MOST_LETTERS for value in parts.values()):
        raise UnreadableAnswer(", ".join(values)[:MOST_LETTERS] + "…")
    return sorted(f"{name}={value}" for name, value in parts.items() if value)


def _offered(item: Item) -> dict[str, Any]:
    """For each part the values among which an officer chooses; None where the officer writes."""
    if item["kind"] == "gap":
        return {
            str(gap["number"]): [choice["letter"] for choice in gap["choices"]] if gap.get("choices") else None
            for gap in item["gaps"]
        }
    names = part_names(item)
    if item["kind"] == "ordering":
        return {name: [str(place) for place in range(1, len(names) + 1)] for name in names}
    rights = names + [part["letter"] for part in item.get("distractors", [])]
    return dict.fromkeys(names, rights)


def _place_as_text(values: list[str]) -> str:
    try:
        x, y = read_point(values[0])
    except ValueError:
        raise UnreadableAnswer(values[0]) from None
    if len(values) > 1:
        raise UnreadableAnswer(" ".join(values))
    return f"{x},{y}"


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
