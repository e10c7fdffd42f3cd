"""Breaks and sizes text so that it fits: pure, in points."""

from __future__ import annotations

from collections.abc import Sequence

from .faces import width_of
from .marks import INK, Align, Text


def wrap(text: str, face: str, size: float, width: float) -> list[str]:
    """Ragged-right lines no wider than `width`, if each word fits. A last line shorter than a quarter is filled by
    drawing the others in."""
    lines, limit = _greedy(text, face, size, width), width
    while len(lines) > 1 and width_of(lines[-1], face, size) < width / 4 and limit > width * 0.8:
        limit -= size / 2
        tighter = _greedy(text, face, size, limit)
        if len(tighter) > len(lines):
            break
        lines = tighter
    return lines


def _greedy(text: str, face: str, size: float, limit: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", face, size) <= limit:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def balanced(text: str, face: str, size: float, width: float) -> list[str]:
    """As few lines as possible, as equal in length as possible: for headings and names."""
    lines = wrap(text, face, size, width)
    limit = width
    while len(lines) > 1 and limit > width / 2:
        limit -= 4
        tighter = wrap(text, face, size, limit)
        if len(tighter) > len(lines) or max(width_of(line, face, size) for line in tighter) > width:
            break
        lines = tighter
    return lines


def one_line(text: str, face: str, size: float, width: float) -> float:
    """The size, at most `size`, at which the text stands on one line of `width`."""
    needed = width_of(text, face, size)
    return size if needed <= width else size * width / needed


def within(text: str, face: str, size: float, width: float, most: int) -> tuple[float, list[str]]:
    """The largest size, at most `size`, at which the text stands in `most` lines of `width`, and the lines."""
    while True:
        lines = balanced(text, face, size, width)
        if (len(lines) <= most and max(width_of(line, face, size) for line in lines) <= width) or size < 2:
            return size, lines
        size *= 0.96


def block(
    x: float,
    y: float,
    lines: Sequence[str],
    face: str,
    size: float,
    leading: float,
    colour: str = INK,
    align: Align = "left",
) -> tuple[Text, ...]:
    """Lines of text; `y` is the first baseline."""
    return tuple(Text(x, y - i * leading, text, face, size, colour, align) for i, text in enumerate(lines))
