"""The mark and the span: two arcs, one from each bank, that meet under one deck."""

from __future__ import annotations

from collections.abc import Callable

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


def arcade(outer: float, inner: float, width: float, height: float, colour: str = RIVER) -> list[Mark]:
    """Small spans side by side all around, between two rectangles that lie so far from the edges of the page."""
    depth = inner - outer

    def row(length: float, place: Callable[[float, float], tuple[float, float]]) -> Outline:
        count = round((length - 2 * inner) / depth)
        step = (length - 2 * inner) / count
        segments: list[tuple[str | float, ...]] = []
        for n in range(count):
            a, b = inner + n * step, inner + (n + 1) * step
            third = step / 3
            points = ((a, 0.0), (a, depth * 0.9), (a + third, depth * 0.9), (a + step / 2, depth * 0.9))
            back = ((b - third, depth * 0.9), (b, depth * 0.9), (b, 0.0))
            start, *curve = (place(along, across) for along, across in points)
            other = [place(along, across) for along, across in back]
            segments += [("M", *start), ("C", *curve[0], *curve[1], *curve[2]), ("C", *other[0], *other[1], *other[2])]
        return Outline(tuple(segments), colour, None, 0.35)

    return [
        row(width, lambda along, across: (along, outer + across)),
        row(width, lambda along, across: (along, height - outer - across)),
        row(height, lambda along, across: (outer + across, along)),
        row(height, lambda along, across: (width - outer - across, along)),
    ]


def fan(x: float, y: float, right: int, up: int, colour: str = RIVER, lines: int = 7) -> list[Mark]:
    """Quarter spans in a corner, one within the other; `right` and `up` are 1 or -1."""
    bend = 0.5523  # a quarter of a circle as one curve
    marks: list[Mark] = []
    for n in range(1, lines + 1):
        r = 2.4 * n
        a, b = (x + right * r, y), (x, y + up * r)
        marks.append(
            Outline(
                (("M", *a), ("C", a[0], a[1] + up * r * bend, b[0] + right * r * bend, b[1], *b)), colour, None, 0.35
            )
        )
    return marks


def _swell(width: float, y: float, height: float, count: int = 9) -> list[tuple[str | float, ...]]:
    """Waves from the left edge to the right one, about the line `y`."""
    step = width / count
    curves: list[tuple[str | float, ...]] = []
    for n in range(count):
        a, side = n * step, height if n % 2 == 0 else -height
        curves.append(("C", a + step * 0.36, y + side, a + step * 0.64, y + side, a + step, y))
    return curves


def wave(width: float, edge: float, y: float, height: float, colour: str) -> Outline:
    """Filled water from an edge of the page to waves about `y`."""
    back = [("L", width, edge), ("L", 0.0, edge), ("Z",)]
    return Outline((("M", 0.0, y), *_swell(width, y, height), *back), None, colour)


def ripple(width: float, y: float, height: float, colour: str, line_width: float) -> Outline:
    """One line of waves."""
    return Outline((("M", 0.0, y), *_swell(width, y, height)), colour, None, line_width)
