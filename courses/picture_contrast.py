"""How well words in a picture can be told from what is behind them: an estimate from the bytes alone. Pure."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: the contrast of text and its ground."""

SIDE, TONES, FEWEST, APART = 240, 12, 0.01, 1.3
"""Looked at in this size; so many tones; a tone of less than this share is noise; tones closer than this are one."""


def contrast_of(data: bytes) -> float:
    """The contrast of the two tones that dominate the picture, from 1 to 21. A picture of one tone gives 1.

    What is transparent counts as white, as on our pages.

    Raises:
        OSError: the bytes are no picture that can be read.
    """
    with Image.open(io.BytesIO(data)) as opened:
        opened.thumbnail((SIDE, SIDE))
        layered = opened.convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
    tones = picture.quantize(TONES).convert("RGB").getcolors(TONES) or []
    total = picture.width * picture.height
    common = sorted(((count, color) for count, color in tones if count >= FEWEST * total), reverse=True)
    ground = _luminance(common[0][1])
    others = (_ratio(ground, _luminance(color)) for _count, color in common[1:])
    return next((ratio for ratio in others if ratio >= APART), 1.0)


def _luminance(color: Any) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [float(part) / 255 for part in color]
    linear: list[float] = [
        part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4) for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
