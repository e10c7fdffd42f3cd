"""Places on a picture: points and shapes in percent of its width and height, and the grid that officers choose from.

A point is written `x,y`. Two corners make a rectangle, three or more a polygon. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

Point = tuple[Decimal, Decimal]
COLUMNS = 8
LETTERS = "ABCDEFGH"
HUNDRED = Decimal(100)
FEWEST_ROWS, MOST_ROWS = 3, 12


@dataclass(frozen=True, slots=True)
class Zone:
    """A cell of the grid: its name such as `C2`, its middle as an answer, its corner and size in percent."""

    name: str
    answer: str
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal


def read_point(text: str) -> Point:
    """The point that a text says.

    Raises:
        ValueError: not two numbers from 0 to 100.
    """
    try:
        x, y = (Decimal(part.strip()) for part in text.split(","))
    except (InvalidOperation, ValueError):
        raise ValueError(text) from None
    if not (x.is_finite() and y.is_finite() and 0 <= x <= HUNDRED and 0 <= y <= HUNDRED):
        raise ValueError(text)
    return Decimal(format(x.normalize(), "f")), Decimal(format(y.normalize(), "f"))


def corners_of(points: Sequence[str]) -> list[Point]:
    """The corners of a shape; a rectangle's two become four.

    Raises:
        ValueError: a point that is none, or fewer than two.
    """
    corners = [read_point(point) for point in points]
    if len(corners) < 2:
        raise ValueError(" ".join(points))
    if len(corners) > 2:
        return corners
    (left, top), (right, bottom) = corners
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def is_within(point: Point, points: Sequence[str]) -> bool:
    """Whether a point lies in a shape: a ray to the right crosses its edges an odd number of times."""
    x, y = point
    corners = corners_of(points)
    inside = False
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def rows_of(width: int, height: int) -> int:
    """How many rows of nearly square cells a picture of this size in pixels has."""
    return min(MOST_ROWS, max(FEWEST_ROWS, round(COLUMNS * height / width))) if width else FEWEST_ROWS


def zones_of(rows: int) -> list[Zone]:
    """The cells, row by row."""
    width, height = HUNDRED / COLUMNS, (HUNDRED / rows).quantize(Decimal("0.01"))
    return [
        Zone(
            f"{LETTERS[column]}{row + 1}",
            f"{_text(width * column + width / 2)},{_text(height * row + height / 2)}",
            width * column,
            height * row,
            width,
            height,
        )
        for row in range(rows)
        for column in range(COLUMNS)
    ]


def zones_within(points: Sequence[str], rows: int) -> list[Zone]:
    """The cells whose middle lies in a shape: what an officer can choose to hit it."""
    return [zone for zone in zones_of(rows) if is_within(read_point(zone.answer), points)]


def zone_at(answer: str, rows: int) -> Zone | None:
    """The cell in which an answer lies."""
    x, y = read_point(answer)
    found = [z for z in zones_of(rows) if z.x <= x < z.x + z.width and z.y <= y < z.y + z.height]
    return found[0] if found else None


def _text(number: Decimal) -> str:
    return format(number.quantize(Decimal("0.01")).normalize(), "f")
