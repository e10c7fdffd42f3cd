"""The embedded faces: their names, their widths, and which characters they have. Reports use them too.

All are under the SIL Open Font License; the license files lie beside them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"
SANS, BOLD, SLANT = "PuenteSans-Regular", "PuenteSans-SemiBold", "PuenteSans-Italic"
SERIF, SERIF_BOLD, SERIF_ITALIC = "PuenteSerif-Regular", "PuenteSerif-SemiBold", "PuenteSerif-Italic"
DISPLAY, MONO = "PuenteSerif-Display", "PuenteMono-Regular"


class CharacterMissing(ValueError):
    """A text has characters that a face lacks: said clearly, as an empty box must never be printed."""

    def __init__(self, text: str, face: str, characters: set[str]) -> None:
        self.text, self.face, self.characters = text, face, "".join(sorted(characters))
        codes = ", ".join(f"U+{ord(c):04X}" for c in self.characters)
        super().__init__(f"{face} has no glyph for {self.characters!r} ({codes}) in {text!r}")


def register() -> None:
    """Make the faces known to reportlab. Harmless when repeated."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for path in sorted(FOLDER.glob("*.ttf")):
        if path.stem not in known:
            pdfmetrics.registerFont(TTFont(path.stem, str(path), asciiReadable=False))


register()


@cache
def repertoire(face: str) -> frozenset[str]:
    """The characters that a face can show. A no-break space is shown as a space."""
    return frozenset(map(chr, pdfmetrics.getFont(face).face.charToGlyph)) | {"\u00a0"}


@cache
def _advances(face: str) -> dict[str, float]:
    widths = pdfmetrics.getFont(face).face
    return {c: widths.getCharWidth(ord(c)) / 1000 for c in repertoire(face)}


def width_of(text: str, face: str, size: float) -> float:
    """How wide a line is, in points. Raises CharacterMissing."""
    advances = _advances(face)
    try:
        return sum([advances[c] for c in text]) * size
    except KeyError:
        raise CharacterMissing(text, face, set(text) - repertoire(face)) from None
