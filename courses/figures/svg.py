"""Draws the shapes of a figure as SVG in one language. Pure. Colors are classes of the stylesheet: no style is said."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence

from .lettering import LEADING, MARK, PADDING, SIZE, lines_of, room_of
from .shapes import WIDTH, Shape, shapes_of

HEAD = 7.0
"""The length of an arrow's head."""


def svg_of(lines: Sequence[str], height: float, words: Mapping[str, str], alternative: str) -> str:
    """The drawing with its words, and with the text that stands in its place for whoever does not see it."""
    shapes = "".join(_drawn(shape, words) for shape in shapes_of(lines))
    return (
        f'<svg class="drawing" viewBox="0 0 {WIDTH} {_n(height)}" role="img" '
        f'aria-label="{html.escape(alternative)}">{shapes}</svg>'
    )


def _drawn(shape: Shape, words: Mapping[str, str]) -> str:
    look = f'class="d-{shape.tone}{" d-dashed" if "dashed" in shape.flags else ""}"'
    points = " ".join(_n(number) for number in shape.numbers)
    if shape.kind == "box":
        return _box(shape, look, words)
    if shape.kind == "circle":
        x, y, radius = shape.numbers
        return f'<circle {look} cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"/>' + _mark(shape, x, y)
    if shape.kind == "polygon":
        return f'<polygon {look} points="{points}"/>'
    if shape.kind == "path":
        return f'<path {look} d="{shape.path}"/>'
    strength = " d-strong" if "strong" in shape.flags else ""
    dashed = " d-dashed" if "dashed" in shape.flags else ""
    line = f'<polyline class="d-line{strength}{dashed}" points="{points}"/>'
    return line + _arrow_head(shape.numbers) if shape.kind == "arrow" else line


def _box(box: Shape, look: str, words: Mapping[str, str]) -> str:
    x, y, width, height = box.numbers
    radius = height / 2 if "round" in box.flags else 5
    painted = "" if box.tone == "none" and "dashed" not in box.flags else (
        f'<rect {look} x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="{_n(radius)}"/>'
    )  # fmt: skip
    beside = MARK + PADDING if box.word("mark") else 0.0
    disk = ""
    if box.labels and beside:
        at = (x + PADDING + MARK / 2, y + height / 2)
        disk = f'<circle class="d-disk" cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(MARK / 2)}"/>'
        disk += _mark(box, *at, " d-on-disk")
    elif beside:
        return painted + _mark(box, x + width / 2, y + height / 2)
    return painted + disk + _label(box, beside, words)


def _label(box: Shape, beside: float, words: Mapping[str, str]) -> str:
    x, y, width, height = box.numbers
    lines = [
        (line, name == "head")
        for name, label in box.words
        if name != "mark"
        for line in lines_of(words.get(label, ""), room_of(box))
    ]
    if not lines:
        return ""
    at = x + PADDING + beside if "start" in box.flags or beside else x + width / 2
    first = y + (height - len(lines) * LEADING) / 2 + LEADING - (LEADING - SIZE) / 2 - 2
    spans = "".join(
        f'<tspan{' class="d-head"' if is_head else ""} x="{_n(at)}" y="{_n(first + number * LEADING)}">'
        f"{html.escape(line)}</tspan>"
        for number, (line, is_head) in enumerate(lines)
    )
    side = " d-start" if "start" in box.flags or beside else ""
    return f'<text class="d-text{side}{" d-on-ink" if box.tone == "ink" else ""}">{spans}</text>'


def _mark(shape: Shape, x: float, y: float, more: str = "") -> str:
    mark = html.escape(shape.word("mark"))
    look = f"d-text d-head{' d-on-ink' if shape.tone == 'ink' and not more else ''}{more}"
    return f'<text class="{look}" x="{_n(x)}" y="{_n(y + 4.5)}">{mark}</text>' if mark else ""


def _arrow_head(numbers: Sequence[float]) -> str:
    x0, y0, x, y = numbers[-4:]
    angle = math.atan2(y - y0, x - x0)
    sides = [(math.cos(angle + turn), math.sin(angle + turn)) for turn in (math.pi - 0.5, math.pi + 0.5)]
    corners = [(x, y), *((x + HEAD * along, y + HEAD * down) for along, down in sides)]
    points = " ".join(f"{_n(round(a, 1))} {_n(round(b, 1))}" for a, b in corners)
    return f'<polygon class="d-head-of-arrow" points="{points}"/>'


def _n(number: float) -> str:
    return f"{number:.10g}"
