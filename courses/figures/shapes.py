"""Reads the lines of a drawing (`docs/content.md`): `box 10 10 300 44 sand head=arrive`. Pure.

Lengths are units of the drawing, which is 320 wide; on a phone a unit is a little less than a pixel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 320
TONES = ("paper", "sand", "river", "moss", "clay", "amber", "brick", "ink", "steel", "none")
FLAGS = {"dashed", "start", "round", "strong"}
WORDS = {"head", "says", "mark"}
NUMBERS_OF = {"box": (4, 4), "circle": (3, 3), "arrow": (4, 40), "line": (4, 40), "polygon": (6, 60), "path": (0, 0)}
"""How many numbers each kind of shape takes, at least and at most."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PATH = re.compile(r"[MLHVCSQTAZmlhvcsqtaz0-9 .,-]+")


class ShapeNotReadable(ValueError):
    """A line of a drawing that says no shape; the text is the line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: its kind, its numbers, its tone and flags; `head` and `says` name labels, `mark` is written as it is.

    `path` holds the commands of a path, and is empty for every other kind.
    """

    kind: str
    numbers: tuple[float, ...]
    tone: str
    flags: frozenset[str]
    words: tuple[tuple[str, str], ...]
    path: str = ""

    def word(self, name: str) -> str:
        """What stands after `name=`; empty when nothing does."""
        return dict(self.words).get(name, "")

    @property
    def labels(self) -> list[str]:
        """The labels that it shows, from top to bottom."""
        return [value for name, value in self.words if name != "mark"]


def shapes_of(lines: Iterable[str]) -> list[Shape]:
    """The shapes of a drawing in the order in which they are painted.

    Raises:
        ShapeNotReadable: a line is none.
    """
    return [_shape(line) for line in lines]


def _shape(line: str) -> Shape:
    told, _, path = line.partition(":")
    kind, *tokens = told.split() or [""]
    numbers = [float(token) for token in tokens if _NUMBER.fullmatch(token)]
    rest = [token for token in tokens if not _NUMBER.fullmatch(token)]
    tones = [token for token in rest if token in TONES]
    flags = frozenset(token for token in rest if token in FLAGS)
    words = tuple((name, value) for name, _, value in (token.partition("=") for token in rest) if name in WORDS)
    fewest, most = NUMBERS_OF.get(kind, (1, 0))
    known = len(tones) + len(flags) + len(words)
    is_path = bool(_PATH.fullmatch(path.strip())) if kind == "path" else not path
    if not (fewest <= len(numbers) <= most and known == len(rest) and len(tones) < 2 and is_path):
        raise ShapeNotReadable(line)
    return Shape(kind, tuple(numbers), tones[0] if tones else "paper", flags, words, path.strip())
