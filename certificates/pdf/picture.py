"""Draws marks as a picture: what a design looks like, from the very marks that the document is drawn from."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from ..payload import Language, Payload
from .drawing import start_of
from .faces import FOLDER
from .holder import code_cells, holder_layer
from .layout import static_layer
from .marks import PAPERS, CodeCells, Mark, Outline, Passage, Text, Turned

FINER = 2  # drawn so much larger, then made smaller, so that edges are smooth
_STEPS = 24  # of a curve
Point = tuple[float, float]


def page_as_png(payload: Payload, language: Language, *, dots: float) -> bytes:
    """One page of the certificate, `dots` pixels a point. Raises CharacterMissing."""
    page = PAPERS[payload.design.paper]
    marks = [
        *static_layer(payload, language, page, specimen_key=False),
        *holder_layer(payload, language, page, code_cells(payload, page)),
    ]
    size = round(page[0] * dots), round(page[1] * dots)
    canvas = Image.new("RGB", (size[0] * FINER, size[1] * FINER), "white")
    _Sketch(canvas, page[1], dots * FINER).draw(marks)
    out = io.BytesIO()
    canvas.resize(size, Image.Resampling.BOX).save(out, "PNG")
    return out.getvalue()


class _Sketch:
    """A page whose points count from its lower left corner, on pixels that count from the upper left one."""

    def __init__(self, canvas: Image.Image, height: float, scale: float) -> None:
        self.canvas, self.height, self.scale = canvas, height, scale
        self.pen = ImageDraw.Draw(canvas)

    def at(self, x: float, y: float) -> Point:
        return x * self.scale, (self.height - y) * self.scale

    def draw(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            match mark:
                case Text():
                    face = _face(mark.font, mark.size * self.scale)
                    self.pen.text(self.at(start_of(mark), mark.y), mark.text, mark.colour, face, anchor="ls")
                case Outline():
                    self._outline(mark)
                case Turned():
                    self._turned(mark)
                case CodeCells():
                    self._code(mark)
                case Passage():
                    self.draw(mark.marks)

    def _outline(self, mark: Outline) -> None:
        for points in _lines(mark):
            place = [self.at(x, y) for x, y in points]
            if mark.fill:
                self.pen.polygon(place, fill=mark.fill)
            if mark.stroke:
                self.pen.line(place, mark.stroke, max(1, round(mark.width * self.scale)), joint="curve")

    def _turned(self, mark: Turned) -> None:
        center = self.at(mark.x, mark.y)
        for text in mark.marks:
            if isinstance(text, Text):
                stencil = Image.new("L", self.canvas.size)
                face = _face(text.font, text.size * self.scale)
                place = center[0] + start_of(text) * self.scale, center[1] - text.y * self.scale
                ImageDraw.Draw(stencil).text(place, text.text, 255, face, anchor="ls")
                turned = stencil.rotate(mark.degrees, Image.Resampling.BILINEAR, center=center)
                self.canvas.paste(text.colour, (0, 0), turned)

    def _code(self, mark: CodeCells) -> None:
        module = mark.side / mark.modules
        for column, row, length in mark.runs:
            x, y = mark.x + column * module, mark.y + row * module
            left, top = self.at(x, y + module)
            right, foot = self.at(x + length * module, y)
            self.pen.rectangle((round(left), round(top), round(right) - 1, round(foot) - 1), fill=mark.colour)


@lru_cache(maxsize=128)
def _face(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / f"{name}.ttf"), size)


def _lines(mark: Outline) -> list[list[Point]]:
    """The lines of an outline, its curves as many short ones."""
    found: list[list[Point]] = []
    for kind, *numbers in mark.segments:
        pairs = [(float(x), float(y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        match kind:
            case "M":
                found.append(pairs)
            case "L":
                found[-1] += pairs
            case "C":
                found[-1] += _curve(found[-1][-1], *pairs)
            case _:
                found[-1].append(found[-1][0])
    return found


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    points: list[Point] = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        x, y = (
            sum(weight * point[axis] for weight, point in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1)
        )
        points.append((x, y))
    return points
