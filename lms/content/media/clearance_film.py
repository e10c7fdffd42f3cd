"""Draws the film of lesson CO-101-L4: a clearance, step by step; no words in it, so both languages share it.

    python lms/content/media/clearance_film.py lms/content/media/CO-101-L4-1.mp4

Needs Pillow, which the project has, and ffmpeg, which it does not need for anything else. What is shown when is said
in the captions beside it (`CO-101-L4-1.en.vtt`, `CO-101-L4-1.es.vtt`): a step has `STEP` seconds.
"""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT, FINE = 1280, 720, 2
RATE, OPENING, STEP, CLOSING = 10, 4, 6, 4
STEPS = 8
INK, RIVER, SAND, MOSS, AMBER, CLAY, PAPER, LINE = (
    "#14213D", "#0B5563", "#F4EFE6", "#3E6B4F", "#8A5A00", "#B4532A", "#FFFFFF", "#6B7488",
)  # fmt: skip
RIVER_TINT, MOSS_TINT, AMBER_TINT = "#E1EDEF", "#E5EFE8", "#FCF1D8"
ROAD, CENTER = 610, 360
GATE, BARRIER = 420, 860
Point = tuple[float, float]


class Sheet:
    """A picture on which is drawn in pixels of the film, twice as fine as it is kept."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def box(
        self, x: float, y: float, wide: float, high: float, fill: str = PAPER, edge: str = INK, round_: int = 8
    ) -> None:
        corners = [v * FINE for v in (x, y, x + wide, y + high)]
        self.pen.rounded_rectangle(corners, round_ * FINE, fill, edge, 5 * FINE)

    def disk(self, x: float, y: float, radius: float, fill: str = PAPER, edge: str = INK) -> None:
        corners = [v * FINE for v in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(corners, fill, edge, 5 * FINE)

    def line(self, *points: Point, color: str = INK, wide: int = 6) -> None:
        self.pen.line([(x * FINE, y * FINE) for x, y in points], color, wide * FINE, "curve")
        for x, y in (points[0], points[-1]):
            r = wide * FINE / 2
            self.pen.ellipse([x * FINE - r, y * FINE - r, x * FINE + r, y * FINE + r], color)

    def number(self, x: float, y: float, number: int, color: str) -> None:
        self.pen.text((x * FINE, y * FINE), str(number), color, anchor="mm", font_size=26 * FINE)

    def bytes(self) -> bytes:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).tobytes()


def ease(share: float) -> float:
    """From 0 to 1, slow at both ends; what lies outside is held."""
    share = min(1.0, max(0.0, share))
    return (1 - math.cos(math.pi * share)) / 2


def progress(sheet: Sheet, step: float) -> None:
    """The eight numbers: done, now, to come; told apart by their size and fill too."""
    xs = [155 + 138.5 * place for place in range(STEPS)]
    sheet.line((xs[0], 80), (xs[-1], 80), color=LINE, wide=4)
    for place, x in enumerate(xs):
        if place < int(step):
            sheet.disk(x, 80, 26, MOSS, MOSS)
            sheet.number(x, 80, place + 1, PAPER)
        elif place == int(step):
            sheet.disk(x, 80, 26 + 8 * ease((step - place) * 6), INK, INK)
            sheet.number(x, 80, place + 1, PAPER)
        else:
            sheet.disk(x, 80, 26, PAPER, LINE)
            sheet.number(x, 80, place + 1, INK)


def truck(sheet: Sheet, x: float) -> None:
    sheet.box(x - 150, ROAD - 92, 150, 72, RIVER_TINT, RIVER)
    sheet.box(x + 4, ROAD - 72, 52, 52, RIVER, RIVER)
    sheet.box(x + 26, ROAD - 64, 22, 20, PAPER, PAPER, 3)
    for wheel in (-120, -84, 30):
        sheet.disk(x + wheel, ROAD - 14, 15, INK, INK)
        sheet.disk(x + wheel, ROAD - 14, 5, PAPER, PAPER)


def road(sheet: Sheet, step: float) -> None:
    """The road with a gate and a barrier; the truck arrives in step 2 and leaves in step 7."""
    sheet.line((40, ROAD), (WIDTH - 40, ROAD), color=LINE, wide=6)
    stop = BARRIER - 90
    x = 60 + 130 * ease(step) if step < 1 else 190 + (stop - 190) * ease((step - 1) * 1.4)
    if step >= 6:
        x = stop + (WIDTH + 200 - stop) * ease((step - 6.35) * 1.6)
    truck(sheet, x)
    sheet.line((GATE - 110, ROAD), (GATE - 110, ROAD - 150), color=INK)
    sheet.line((GATE - 150, ROAD - 150), (GATE + 10, ROAD - 150), color=INK, wide=12)
    angle = math.radians(78) * (ease((step - 6) * 3) - ease((step - 6.85) * 7))
    sheet.line((BARRIER, ROAD), (BARRIER, ROAD - 62), color=INK, wide=14)
    end = (BARRIER + 150 * math.cos(angle), ROAD - 58 - 150 * math.sin(angle))
    sheet.line((BARRIER, ROAD - 58), end, color=CLAY, wide=10)


def paper(sheet: Sheet, x: float, y: float, lines: float, wide: float = 130) -> None:
    """A form of which so many lines, at most five, are written."""
    sheet.box(x, y, wide, 190, PAPER, INK)
    for place in range(5):
        share = min(1.0, max(0.0, lines - place))
        if share:
            sheet.line((x + 22, y + 34 + place * 30), (x + 22 + (wide - 44) * share, y + 34 + place * 30), color=RIVER)


def lens(sheet: Sheet, x: float, y: float) -> None:
    sheet.line((x + 34, y + 34), (x + 74, y + 74), wide=14)
    sheet.pen.ellipse([v * FINE for v in (x - 48, y - 48, x + 48, y + 48)], None, INK, 9 * FINE)


def advance_data(sheet: Sheet, share: float) -> None:
    paper(sheet, 420, 200, 5)
    sheet.box(740, 220, 170, 120, RIVER_TINT, RIVER)
    sheet.line((825, 340), (825, 380))
    sheet.line((775, 382), (875, 382))
    for place in range(4):
        along = (share * 2.2 + place / 4) % 1
        sheet.disk(570 + 150 * along, 285, 8, CLAY, CLAY)
    for place in range(3):
        if share > 0.3 + place * 0.2:
            sheet.line((765, 250 + place * 28), (860, 250 + place * 28), color=RIVER)


def arrival(sheet: Sheet, share: float) -> None:
    sheet.line((500, 400), (500, 240), wide=12)
    sheet.line((780, 400), (780, 240), wide=12)
    sheet.line((460, 232), (820, 232), color=RIVER, wide=22)
    down = 60 * ease(share * 1.5)
    sheet.line((640, 270), (640, 300 + down), color=CLAY, wide=10)
    sheet.line((606, 270 + down), (640, 304 + down), (674, 270 + down), color=CLAY, wide=10)


def declaration(sheet: Sheet, share: float) -> None:
    lines = 5 * min(1.0, share * 1.25)
    paper(sheet, 560, 200, lines, 160)
    place, along = min(4, int(lines)), lines - min(4, int(lines))
    x, y = 582 + 116 * along, 234 + place * 30
    sheet.line((x, y), (x + 46, y - 58), color=AMBER, wide=12)
    sheet.line((x, y), (x + 10, y - 14), color=INK, wide=6)


def selection(sheet: Sheet, share: float) -> None:
    upper = ((400, 300), (560, 300), (700, 230), (880, 230))
    lower = ((560, 300), (700, 370), (880, 370))
    sheet.line(*upper, color=LINE, wide=12)
    sheet.line(*lower, color=LINE, wide=12)
    sheet.disk(910, 230, 30, MOSS_TINT, MOSS)
    sheet.line((896, 230), (906, 242), (926, 218), color=MOSS)
    sheet.disk(910, 370, 30, AMBER_TINT, AMBER)
    sheet.pen.ellipse([v * FINE for v in (896, 354, 918, 376)], None, AMBER, 5 * FINE)
    sheet.line((916, 374), (926, 386), color=AMBER)
    for start, way in ((0.0, (upper[1], upper[2], upper[3])), (0.3, lower), (0.6, (upper[1], upper[2], upper[3]))):
        at = (share - start) * 2.4
        if 0 <= at <= 1:
            points = (upper[0], *way)
            piece = min(len(points) - 2, int(at * (len(points) - 1)))
            along = at * (len(points) - 1) - piece
            (a, b), (c, d) = points[piece], points[piece + 1]
            sheet.disk(a + (c - a) * along, b + (d - b) * along, 15, CLAY, CLAY)


def check(sheet: Sheet, share: float) -> None:
    paper(sheet, 430, 200, 5)
    sheet.box(700, 230, 180, 150, AMBER_TINT, AMBER)
    sheet.line((790, 232), (790, 378), color=AMBER)
    swing = ease(share * 2) if share < 0.5 else 1.0
    lens(sheet, 495 + 295 * swing, 290 + 22 * math.sin(share * 4 * math.pi))


def duty(sheet: Sheet, share: float) -> None:
    paper(sheet, 460, 200, 4)
    for place in range(5):
        fall = ease((share - place * 0.13) * 6)
        if share > place * 0.13:
            y = 210 + (372 - place * 24 - 210) * fall
            corners = [v * FINE for v in (700, y - 16, 830, y + 16)]
            sheet.pen.ellipse(corners, AMBER_TINT, AMBER, 5 * FINE)
    if share > 0.75:
        sheet.line((488, 340), (512, 366), (560, 312), color=MOSS, wide=12)


def release(sheet: Sheet, share: float) -> None:
    sheet.disk(640, 295, 100, MOSS_TINT, MOSS)
    drawn = min(1.0, share * 3)
    a, b, c = (592, 298), (628, 336), (694, 258)
    if drawn < 0.4:
        sheet.line(a, (a[0] + (b[0] - a[0]) * drawn / 0.4, a[1] + (b[1] - a[1]) * drawn / 0.4), color=MOSS, wide=18)
    else:
        along = (drawn - 0.4) / 0.6
        sheet.line(a, b, (b[0] + (c[0] - b[0]) * along, b[1] + (c[1] - b[1]) * along), color=MOSS, wide=18)


def audit(sheet: Sheet, share: float) -> None:
    for place in range(3):
        paper(sheet, 420 + place * 26, 180 + place * 22, 5)
    lens(sheet, 560, 300 + 60 * math.sin(share * 2 * math.pi))
    sheet.disk(820, 295, 88, PAPER, INK)
    for turn, length in ((share * 2 * math.pi * 3, 62), (share * 2 * math.pi / 2, 42)):
        sheet.line((820, 295), (820 + length * math.sin(turn), 295 - length * math.cos(turn)), color=RIVER, wide=8)


SCENES: tuple[Callable[[Sheet, float], None], ...] = (
    advance_data, arrival, declaration, selection, check, duty, release, audit,
)  # fmt: skip


def frame(second: float) -> bytes:
    """The picture of a moment, as the bytes of its pixels."""
    sheet = Sheet()
    sheet.box(300, 150, 680, 290, SAND, SAND, 16)
    step = (second - OPENING) / STEP
    if step < 0:
        progress(sheet, -1)
        road(sheet, 0)
        arcs(sheet)
    elif step >= STEPS:
        progress(sheet, STEPS)
        road(sheet, STEPS)
        arcs(sheet)
    else:
        progress(sheet, step)
        road(sheet, step)
        SCENES[int(step)](sheet, step - int(step))
    return sheet.bytes()


def arcs(sheet: Sheet) -> None:
    """The mark: two arcs that meet in one span."""
    for left in (420, 640):
        sheet.pen.arc([v * FINE for v in (left, 240, left + 220, 460)], 180, 360, RIVER, 14 * FINE)
    sheet.line((400, 236), (880, 236), wide=14)


def main(target: str) -> None:
    """Write the film."""
    size = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-"]
    kept = ["-c:v", "libx264", "-preset", "slow", "-crf", "27", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-an"]
    with subprocess.Popen(["ffmpeg", "-y", "-loglevel", "error", *size, *kept, target], stdin=subprocess.PIPE) as film:  # noqa: S603, S607 (no shell; the words are ours)
        assert film.stdin
        for number in range((OPENING + STEPS * STEP + CLOSING) * RATE):
            film.stdin.write(frame(number / RATE))


if __name__ == "__main__":
    main(sys.argv[1])
