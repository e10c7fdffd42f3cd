"""Breaks the words of a label into lines that stay within its box. Pure.

The widths are those of the house's sans serif, each rounded up to a step of 0.04 em, in its semibold face; so a line is
never longer on a page than it is here.
"""

from __future__ import annotations

from .shapes import Shape

SIZE, LEADING = 13.0, 16.0
"""Height of the letters and of a line, in units of the drawing."""
PADDING = 6.0
MARK = 20.0
"""The diameter of the disk with the mark of a box."""

_WIDTHS = {
    0.28: "ij!',.:;`| í¡‘’·", 0.32: "lIÍ", 0.36: "()[]", 0.40: "fJ-/\\{}", 0.44: "rt", 0.48: '"*^“”', 0.52: "svz«»",
    0.56: "cy?_¿", 0.60: "aehknouxL+<=>~áéóúñü–", 0.64: "bdgpqEFT#É", 0.68: "BPYZ$", 0.72: "0123456789CDKRSUVXÚÜ→",
    0.76: "AGO&ÁÓ", 0.80: "wHNQÑ", 0.84: "@", 0.88: "…", 0.92: "mM", 0.96: "%", 1.0: "W",
}  # fmt: skip
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 1.16


def width_of(text: str) -> float:
    """The width of a line, in units of the drawing."""
    return sum(_WIDTH.get(letter, _WIDEST) for letter in text) * SIZE


def lines_of(text: str, width: float) -> list[str]:
    """The text in as few lines of at most `width` as it needs, of about the same length.

    A word that is longer than that has a line of its own.
    """
    best = _filled(text, width)
    for narrower in range(int(width) - 1, int(width / 2), -4):
        lines = _filled(text, narrower)
        if len(lines) > len(best) or any(width_of(line) > narrower for line in lines):
            break
        best = lines
    return best


def room_of(box: Shape) -> float:
    """How wide a line in the box may be: without its padding and the disk of its mark."""
    beside = MARK + PADDING if box.word("mark") else 0.0
    inset = min(box.numbers[3] / 2, 14.0) if "round" in box.flags else PADDING
    return box.numbers[2] - 2 * inset - beside


def does_fit(box: Shape, texts: list[str]) -> bool:
    """Whether the texts, one below the other, stay within the box."""
    lines = [line for text in texts for line in lines_of(text, room_of(box))]
    is_low = len(lines) * LEADING + 4 <= box.numbers[3]
    return is_low and all(width_of(line) <= room_of(box) for line in lines)


def _filled(text: str, width: float) -> list[str]:
    """Each line as full as it can be."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
