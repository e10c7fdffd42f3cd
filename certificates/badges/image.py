"""The badge as a picture, one for each edition, as SVG and as PNG: the mark, and the title in both languages."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from PIL import Image, ImageDraw, ImageFont

from ..pdf.faces import BOLD, DISPLAY, FOLDER
from ..pdf.fitting import within
from ..pdf.marks import CLAY, INK, QUIET, RIVER, SAND

SIDE = 480
_FINER = 2  # the PNG is drawn so much larger, then made smaller, so that its edges are smooth
_MIDDLE = SIDE / 2
_FAMILIES = {DISPLAY: "'Source Serif 4', Georgia, serif", BOLD: "'Public Sans', Arial, sans-serif"}
_ARCS = (
    (((70.0, 214.0), (76.0, 134.0), (150.0, 92.0), (_MIDDLE, 92.0)), RIVER),
    (((410.0, 214.0), (404.0, 134.0), (330.0, 92.0), (_MIDDLE, 92.0)), INK),
)
_STEPS = 400
_ARC_WIDTH, _DECK, _DECK_WIDTH = 16, 72, 10

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Line:
    """One centered line of text; `y` is its base."""

    y: float
    text: str
    face: str
    size: float
    color: str


def svg_of(title_en: str, title_es: str, edition: str) -> str:
    """The picture as SVG, without script and without anything from elsewhere."""
    arcs = "".join(
        f'<path d="M{a[0]} {a[1]}C{b[0]} {b[1]} {c[0]} {c[1]} {d[0]} {d[1]}" fill="none" stroke="{color}" '
        f'stroke-width="{_ARC_WIDTH}" stroke-linecap="round"/>'
        for (a, b, c, d), color in _ARCS
    )
    texts = "".join(
        f'<text x="{_MIDDLE}" y="{line.y:g}" text-anchor="middle" font-family="{_FAMILIES[line.face]}" '
        f'font-size="{line.size:g}" fill="{line.color}">{escape(line.text)}</text>'
        for line in _lines(title_en, title_es, edition)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}" '
        f'role="img"><title>{escape(title_en)} / {escape(title_es)}</title>'
        f'<rect x="6" y="6" width="{SIDE - 12}" height="{SIDE - 12}" rx="36" fill="{SAND}" stroke="{RIVER}" '
        f'stroke-width="4"/>{arcs}<path d="M44 {_DECK}H{SIDE - 44}" stroke="{CLAY}" stroke-width="{_DECK_WIDTH}"/>'
        f"{texts}</svg>"
    )


@lru_cache(maxsize=32)
def png_of(title_en: str, title_es: str, edition: str) -> bytes:
    """The picture as PNG. Raises CharacterMissing where our faces lack a letter."""
    canvas = Image.new("RGBA", (SIDE * _FINER, SIDE * _FINER), (0, 0, 0, 0))
    draw = ImageDraw.Draw(canvas)
    edge = [6 * _FINER, 6 * _FINER, (SIDE - 6) * _FINER, (SIDE - 6) * _FINER]
    draw.rounded_rectangle(edge, radius=36 * _FINER, fill=SAND, outline=RIVER, width=4 * _FINER)
    for curve, color in _ARCS:
        radius = _ARC_WIDTH * _FINER / 2
        for x, y in (_at(curve, step / _STEPS, _FINER) for step in range(_STEPS + 1)):
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=color)
    deck = [(44 * _FINER, _DECK * _FINER), ((SIDE - 44) * _FINER, _DECK * _FINER)]
    draw.line(deck, fill=CLAY, width=_DECK_WIDTH * _FINER)
    for line in _lines(title_en, title_es, edition):
        font = ImageFont.truetype(str(FOLDER / f"{line.face}.ttf"), line.size * _FINER)
        draw.text((_MIDDLE * _FINER, line.y * _FINER), line.text, fill=line.color, font=font, anchor="ms")
    out = io.BytesIO()
    canvas.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _lines(title_en: str, title_es: str, edition: str) -> list[Line]:
    """Both titles in one size, the one that the longer needs."""
    width, gap, middle = SIDE - 80, 16.0, 330.0
    size = min(within(title, DISPLAY, 30, width, 3)[0] for title in (title_en, title_es))
    rows = [within(title, DISPLAY, size, width, 3)[1] for title in (title_en, title_es)]
    leading = size * 1.12
    y = middle - (sum(map(len, rows)) * leading + gap) / 2 + size * 0.8
    lines: list[Line] = []
    for title in rows:
        lines += [Line(y + n * leading, row, DISPLAY, size, INK) for n, row in enumerate(title)]
        y += len(title) * leading + gap
    return [*lines, Line(452, f"Puente · {edition}", BOLD, 17, QUIET)]


def _at(curve: Curve, t: float, scale: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    return x * scale, y * scale
