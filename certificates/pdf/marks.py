"""What a layout returns: frozen values in points, y upward. Only `drawing` and `stream` put them on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .faces import SANS

Align = Literal["left", "centre", "right"]

INK, RIVER, SAND, CLAY = "#14213D", "#0B5563", "#F4EFE6", "#B4532A"
MOSS, AMBER, BRICK, PAPER = "#3E6B4F", "#8A5A00", "#9B2226", "#FFFFFF"
QUIET = "#566072"  # ink thinned, for notes: 6.4:1 on paper
RULE = "#D5CFC2"  # sand darkened, for hairlines
WATERMARK = "#F1EBDF"
PAPERS = {"letter": (792.0, 612.0), "a4": (841.89, 595.28)}  # landscape

Segment = tuple[str | float, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is the baseline."""

    x: float
    y: float
    text: str
    font: str = SANS
    size: float = 8
    colour: str = INK
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Outline:
    """Segments: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x3, y3), ("Z",)."""

    segments: tuple[Segment, ...]
    stroke: str | None = None
    fill: str | None = None
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class Turned:
    """Marks turned by `degrees` about a point."""

    x: float
    y: float
    degrees: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class CodeCells:
    """A two-dimensional code: runs of dark modules (column, row from the foot, length) in a square of `modules`."""

    x: float
    y: float
    side: float
    modules: int
    runs: tuple[tuple[int, int, int], ...]
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Passage:
    """Marks that a screen reader meets as one element. `place` is its turn in reading; what is in no passage is
    ornament."""

    tag: Literal["H1", "H2", "P", "Figure"]
    place: int
    marks: tuple[Mark, ...]
    alternative: str = ""


Mark = Text | Outline | Turned | CodeCells | Passage


def rect(x: float, y: float, w: float, h: float, *, fill: str | None = None, stroke: str | None = None) -> Outline:
    """A rectangle; `x, y` is its lower left corner."""
    return Outline((("M", x, y), ("L", x + w, y), ("L", x + w, y + h), ("L", x, y + h), ("Z",)), stroke, fill)


def line(x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: float = 0.5) -> Outline:
    """A straight line."""
    return Outline((("M", x1, y1), ("L", x2, y2)), colour, None, width)


def flat(marks: tuple[Mark, ...] | list[Mark]) -> list[Mark]:
    """All marks, with those inside passages and turns."""
    found: list[Mark] = []
    for mark in marks:
        if isinstance(mark, (Passage, Turned)):
            found += flat(mark.marks)
        else:
            found.append(mark)
    return found
