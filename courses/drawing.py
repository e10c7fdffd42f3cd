"""Draws the items of an attempt: first those of the blueprint's rows, then others up to the number drawn. Pure.

Rows may overlap, so an item that several rows could take is given to the one that has no other: the rows are filled
whenever that is possible at all (augmenting paths, as in a matching of two sides).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]
Row = Mapping[str, Any]
FIELDS = ("outcome", "difficulty", "category")


class RowNotFilled(ValueError):
    """The bank has too few items: `row` is the number of the row from 1, `found` how many it could have."""

    def __init__(self, row: int, found: int) -> None:
        super().__init__(f"row {row}: {found}")
        self.row, self.found = row, found


def draw_items(quiz: Mapping[str, Any], draw: random.Random) -> list[Item]:
    """The items of one attempt, in the order in which they are shown.

    Raises:
        RowNotFilled: see `fill_rows`; never for a quiz that was frozen.
    """
    items, rules = quiz["items"], quiz["rules"]
    total = min(rules["items_drawn"], len(items))
    rows = rules.get("draws", [])
    if not rows:
        return draw.sample(items, total)
    shuffled = draw.sample(items, len(items))
    taken = fill_rows(shuffled, rows)
    chosen = {item["code"] for item in taken}
    rest = [item for item in shuffled if item["code"] not in chosen]
    drawn = [*taken, *rest[: max(0, total - len(taken))]]
    draw.shuffle(drawn)
    return drawn


def fill_rows(items: Sequence[Item], rows: Sequence[Row]) -> list[Item]:
    """One item for each place of each row, no item twice; earlier items are preferred.

    Raises:
        RowNotFilled: the first row that the items cannot fill beside the rows before it.
    """
    places = [(number, row) for number, row in enumerate(rows, start=1) for _ in range(row["count"])]
    holder: dict[int, int] = {}  # item → place

    def find(place: int, tried: set[int]) -> bool:
        for position, item in enumerate(items):
            if position in tried or not suits(item, places[place][1]):
                continue
            tried.add(position)
            if position not in holder or find(holder[position], tried):
                holder[position] = place
                return True
        return False

    for place, (number, _row) in enumerate(places):
        if not find(place, set()):
            raise RowNotFilled(number, sum(1 for taken in holder.values() if places[taken][0] == number))
    return [items[position] for position in sorted(holder, key=holder.__getitem__)]


def suits(item: Item, row: Row) -> bool:
    """Whether an item is what a row asks for; what the row leaves open does not matter."""
    return all(item.get(name) == row[name] for name in FIELDS if row.get(name))
