"""Draws marks on a reportlab canvas, and notes what a screen reader will meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from .faces import width_of
from .marks import CodeCells, Mark, Outline, Passage, Text, Turned


@cache
def colour_of(value: str) -> Color:
    """A colour as reportlab wants it."""
    return HexColor(value)


def snap(value: float) -> float:
    """To a thousandth of a point, in two steps, as sums of widths may differ in their last bits between Python
    versions."""
    return round(round(value, 6), 3)


def start_of(text: Text) -> float:
    """Where the first letter stands, whatever the alignment."""
    shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[text.align]
    return snap(text.x - shift * width_of(text.text, text.font, text.size)) if shift else snap(text.x)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the structure tree: its tag, its turn in reading, its words for what is not text, its marked
    content."""

    tag: str
    place: int
    alternative: str
    content_id: int


@dataclass
class Painter:
    """Draws on one page. What stands in no passage is marked as ornament."""

    canvas: Canvas
    elements: list[Element] = field(default_factory=list)

    def paint(self, marks: Iterable[Mark]) -> None:
        """Draw in order."""
        for is_passage, group in groupby(marks, lambda mark: isinstance(mark, Passage)):
            if not is_passage:
                self.canvas.addLiteral("/Artifact BMC")
                draw(self.canvas, group)
                self.canvas.addLiteral("EMC")
                continue
            for passage in group:
                assert isinstance(passage, Passage)
                number = len(self.elements)
                self.elements.append(Element(passage.tag, passage.place, passage.alternative, number))
                self.canvas.addLiteral(f"/{passage.tag} <</MCID {number}>> BDC")
                draw(self.canvas, passage.marks)
                self.canvas.addLiteral("EMC")


def draw(canvas: Canvas, marks: Iterable[Mark]) -> None:
    """Draw marks in order, without marking content. Raises CharacterMissing rather than print an empty box."""
    for mark in marks:
        match mark:
            case Text():
                width_of(mark.text, mark.font, mark.size)
                canvas.setFont(mark.font, mark.size)
                canvas.setFillColor(colour_of(mark.colour))
                canvas.drawString(
                    start_of(mark), snap(mark.y), mark.text + " "
                )  # so that lines do not run together when read aloud
            case Outline():
                _draw_outline(canvas, mark)
            case Turned():
                canvas.saveState()
                canvas.translate(mark.x, mark.y)
                canvas.rotate(mark.degrees)
                draw(canvas, mark.marks)
                canvas.restoreState()
            case CodeCells():
                module = mark.side / mark.modules
                canvas.setFillColor(colour_of(mark.colour))
                path = canvas.beginPath()
                for column, row, length in mark.runs:
                    path.rect(mark.x + column * module, mark.y + row * module, length * module, module)
                canvas.drawPath(path, stroke=0, fill=1)
            case Passage():
                draw(canvas, mark.marks)


def _draw_outline(canvas: Canvas, mark: Outline) -> None:
    path: Any = canvas.beginPath()
    call = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
    for kind, *numbers in mark.segments:
        call[str(kind)](*numbers)
    if mark.stroke:
        canvas.setStrokeColor(colour_of(mark.stroke))
        canvas.setLineWidth(mark.width)
    if mark.fill:
        canvas.setFillColor(colour_of(mark.fill))
    canvas.drawPath(path, stroke=int(bool(mark.stroke)), fill=int(bool(mark.fill)))
