"""The mark and the span: two arcs, one from each bank, that meet under one deck."""

from __future__ import annotations

from .marks import CLAY, INK, RIVER, Mark, Outline, line


def bridge(x: float, y: float, w: float) -> list[Mark]:
    """The mark. `x, y` is the lower left corner; the deck's top is at `y + deck_height(w)`."""
    h, t = w * 0.34, w * 0.06
    left = Outline(
        (("M", x, y), ("C", x + w * 0.03, y + h * 0.62, x + w * 0.24, y + h, x + w * 0.5, y + h)), RIVER, None, t
    )
    right = Outline(
        (("M", x + w, y), ("C", x + w * 0.97, y + h * 0.62, x + w * 0.76, y + h, x + w * 0.5, y + h)), INK, None, t
    )
    top = y + deck_height(w) - w * 0.018
    return [left, right, line(x - w * 0.10, top, x + w * 1.10, top, CLAY, w * 0.036)]


def deck_height(w: float) -> float:
    """From the foot of the mark to the top of its deck: arc, half its stroke, the deck, a little overlap."""
    return w * (0.34 + 0.03 + 0.036 - 0.006)


def span_rule(x: float, y: float, w: float, h: float = 5, colour: str = RIVER, width: float = 0.6) -> Outline:
    """The span as a quiet line: two flat arcs that meet in the middle."""
    half = w / 2
    return Outline(
        (
            ("M", x, y),
            ("C", x + half * 0.55, y, x + half * 0.8, y + h, x + half, y + h),
            ("C", x + half * 1.2, y + h, x + half * 1.45, y, x + w, y),
        ),
        colour,
        None,
        width,
    )


def approach(x1: float, y1: float, x2: float, y2: float, colour: str = RIVER, lines: int = 22) -> list[Mark]:
    """Hairlines that leave one bank (from `x1`, along `y1`) and run together at the deck's end `x2, y2`."""
    reach = x2 - x1
    starts = [x1 + reach * 0.86 * (i / (lines - 1)) ** 1.25 for i in range(lines)]
    return [
        Outline(
            (("M", a, y1), ("C", a + (x2 - a) * 0.22, y1 + (y2 - y1) * 0.74, a + (x2 - a) * 0.58, y2, x2, y2)),
            colour,
            None,
            0.3,
        )
        for a in starts
    ]
