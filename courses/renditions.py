"""Pictures of lessons in the widths that screens need: light, and without what a camera writes into its files.

Made from the picture on the shelf when the first reader asks, kept beside it, and made anew when the folder is emptied.
"""

from __future__ import annotations

from pathlib import PurePath

from PIL import Image, ImageOps

from .shelf import shelf_path, written

WIDTHS = (480, 960, 1600)
LOSSLESS = {".png", ".gif"}
"""Drawings, whose lines stay sharp; everything else is a photograph."""
QUALITY = 80


def widths_of(width: int) -> list[int]:
    """The widths in which a picture of this width in pixels is handed out, the widest last."""
    return [each for each in WIDTHS if each < width] + ([width] if width <= WIDTHS[-1] else [])


def rendition(name: str, width: int) -> str:
    """The name on the shelf of a picture as WebP in one of its widths.

    Raises:
        ValueError: the picture is not handed out in this width.
    """
    made = f"renditions/{PurePath(name).stem}-{width}.webp"
    if shelf_path(made).exists():
        return made
    with Image.open(shelf_path(name)) as opened:
        upright = ImageOps.exif_transpose(opened)
        if width not in widths_of(upright.width):
            raise ValueError(width)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        height = max(1, round(upright.height * width / upright.width))
        small = upright.convert(mode).resize((width, height), Image.Resampling.LANCZOS)
        with written(made) as path:
            small.save(path, "WEBP", quality=QUALITY, lossless=PurePath(name).suffix in LOSSLESS, method=4)
    return made
