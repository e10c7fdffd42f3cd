"""Looks at marks without a PDF: no text over text, none outside the live area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from certificates.pdf.faces import width_of
from certificates.pdf.marks import Mark, Text, flat
from reports.esc.blocks import H, W

FOOT, HEAD = -50.0, 34.0
Box = tuple[float, float, float, float, str]


def boxes(marks: Iterable[Mark]) -> Iterator[Box]:
    """Left, foot, right, top of each text: from a little under the baseline to about the height of a capital."""
    for mark in flat(list(marks)):
        if isinstance(mark, Text) and mark.text.strip():
            width = width_of(mark.text, mark.font, mark.size)
            x = mark.x - {"left": 0.0, "centre": width / 2, "right": width}[mark.align]
            yield x, mark.y - 0.18 * mark.size, x + width, mark.y + 0.68 * mark.size, mark.text


def faults(marks: Iterable[Mark], slack: float = 0.3, overhang: float = 2.1) -> Iterator[str]:
    """What is wrong with a page, in words."""
    found = list(boxes(marks))
    for x1, y1, x2, y2, text in found:
        if x1 < -overhang or x2 > W + overhang or y1 < FOOT or y2 > H + HEAD:
            yield f"outside: {text}"
    for a, b in combinations(found, 2):
        if a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack:
            yield f"overlap: {a[4]} | {b[4]}"


def words(marks: Iterable[Mark]) -> str:
    """All text of a page."""
    return "\n".join(mark.text for mark in flat(list(marks)) if isinstance(mark, Text))
