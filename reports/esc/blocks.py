"""The pieces that pages are made of: each knows its height, and gives its marks for a place. Pure.

The live area of 482 × 660 points fits Letter and A4 alike, so that one layout and one pagination serve both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from certificates.pdf.faces import BOLD, DISPLAY, SANS, SERIF, width_of
from certificates.pdf.fitting import balanced, block, wrap
from certificates.pdf.marks import CLAY, INK, QUIET, RIVER, Mark, Passage, Text

W, H, GRID = 482.0, 660.0, 13.0
COLUMN, GUTTER = 70.333, 12.0
LEAST_SPACE = 15.0
Render = Callable[[float, float], Sequence[Mark]]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece. `render` takes the height of its upper edge on the page and the room
    that it has, which is more where the other language needs more.

    `space` is the least room above it, dropped at the top of a page. `keep`: it stands on one page with the next.
    `again` is drawn above it when it begins a page, such as the heads of a table's columns.
    """

    height: float
    render: Render
    space: float = 0.0
    keep: bool = False
    again: Block | None = None


@dataclass
class Flow:
    """The pieces of one section, from the top down."""

    number: int = 0
    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    _space: float = 0.0

    def space(self, least: float = LEAST_SPACE) -> None:
        """Room above the next piece."""
        self._space = least

    def add(self, height: float, render: Render, *, keep: bool = False, again: Block | None = None) -> None:
        """Another piece."""
        self.blocks.append(Block(height, render, self._space, keep, again))
        self._space = 0.0

    def heading(self, message: str) -> None:
        """Number, title and message of the section."""
        size = 24 if width_of(self.title, DISPLAY, 24) < W - 34 else 20
        lines = balanced(message, SERIF, 13, W - 34)

        def render(top: float, room: float) -> list[Mark]:
            title: tuple[Mark, ...] = (
                Text(0, top - 22, str(self.number), DISPLAY, 24, CLAY),
                Text(34, top - 22, self.title, DISPLAY, size, INK),
            )
            said = block(34, top - 45.4, lines, SERIF, 13, 17.5, RIVER)
            return [Passage("H1", 0, title), Passage("P", 0, said)]

        self.add(45.4 + 17.5 * len(lines) + 8, render, keep=True)

    def text(
        self,
        text: str,
        *,
        x: float = 0,
        width: float = W,
        face: str = SERIF,
        size: float = 9.5,
        color: str = INK,
        keep: bool = False,
    ) -> None:
        """A paragraph."""
        leading = size + 3.5 if size > 8 else size + 2.55
        lines = lines_of(text, face, size, width)

        def render(top: float, room: float) -> list[Mark]:
            return [Passage("P", 0, block(x, top - size, lines, face, size, leading, color))]

        self.add(leading * len(lines), render, keep=keep)

    def note(self, text: str, *, x: float = 0, width: float = W, keep: bool = False) -> None:
        """Small print."""
        self.text(text, x=x, width=width, face=SANS, size=7.2, color=QUIET, keep=keep)

    def subheading(self, text: str, color: str = RIVER) -> None:
        """A heading within the section."""
        lines = lines_of(text, BOLD, 9.5, W)

        def render(top: float, room: float) -> list[Mark]:
            return [Passage("H2", 0, block(0, top - 9.5, lines, BOLD, 9.5, GRID, color))]

        self.add(GRID * len(lines) + 4, render, keep=True)

    def caption(self, label: str, text: str, unit: str = "") -> None:
        """What a figure or table shows, and in what unit."""
        self.space()
        indent = width_of(label + " ", BOLD, 8.6)
        lines = lines_of(text, BOLD, 8.6, W - indent)
        units = lines_of(unit, SANS, 7.2, W) if unit else []
        low = 11.0 * len(lines)

        def render(top: float, room: float) -> list[Mark]:
            head = (Text(0, top - 8.6, label, BOLD, 8.6, RIVER), *block(indent, top - 8.6, lines, BOLD, 8.6, 11))
            under = block(0, top - low - 7.8, units, SANS, 7.2, 9.75, QUIET)
            return [Passage("H2", 0, head), *([Passage("P", 0, under)] if under else [])]

        self.add(low + 9.75 * len(units) + 8, render, keep=True)


def columns(n: float) -> float:
    """Width of `n` columns of the grid with the gutters between them."""
    return n * COLUMN + (n - 1) * GUTTER


def lines_of(text: str, face: str, size: float, width: float) -> list[str]:
    """Lines no wider than `width`, whatever the words: one that is wider by itself is broken."""
    words = [piece for word in text.split(" ") for piece in _pieces(word, face, size, width)]
    return wrap(" ".join(words), face, size, width)


def _pieces(word: str, face: str, size: float, width: float) -> list[str]:
    pieces = [""]
    if width_of(word, face, size) <= width:
        return [word]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, face, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
