"""Captions in WebVTT: read strictly, so that no player meets what it would leave out without a word.

Taken are the header, notes and cues with their settings; styles and regions are not, since players differ in them.
Pure but for its sentences: text in, a fault out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOMENT = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"^{MOMENT}[ \t]+-->[ \t]+{MOMENT}(?:[ \t]+\S.*)?$")
HEADER = re.compile(r"^WEBVTT(?:[ \t].*)?$")

SENTENCES: dict[str, str | Promise] = {
    "no_header": _("Line %(line)s: captions begin with the line WEBVTT and an empty line after it. Add both."),
    "comma": _("Line %(line)s: in WebVTT a point stands before the thousandths, as in 00:01.500. Replace the commas."),
    "no_times": _(
        "Line %(line)s: the times of this caption cannot be read. Write them as 00:01.000 --> 00:04.500, on a line of "
        "their own."
    ),
    "backward": _("Line %(line)s: the caption ends before it begins. Mend one of the two times."),
    "disordered": _("Line %(line)s: the caption begins before the one above it. Put them in the order of time."),
    "wordless": _("Line %(line)s: the caption says nothing. Write what is said below its times, or take it away."),
    "styled": _("Line %(line)s: styles and regions are not taken. Take the passage away; captions look alike here."),
    "no_captions": _("Line %(line)s: there is no caption below the header. Write one at least."),
}


@dataclass(frozen=True, slots=True)
class CaptionFault:
    """What is wrong, and the number of the line at which it is, from 1."""

    code: str
    line: int

    @property
    def sentence(self) -> str:
        """What is wrong and how to mend it, in the reader's language."""
        return str(SENTENCES[self.code]) % {"line": self.line}

    def __str__(self) -> str:
        return self.sentence


def fault_in(text: str) -> CaptionFault | None:
    """The first thing that is wrong in captions; None when they can be played."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not HEADER.match(lines[0].rstrip()) or (len(lines) > 1 and lines[1].strip()):
        return CaptionFault("no_header", 1)
    last_start, has_cue = -1, False
    for number, block in _blocks(lines):
        if block[0].startswith("NOTE"):
            continue
        if block[0].split(maxsplit=1)[0] in {"STYLE", "REGION"}:
            return CaptionFault("styled", number)
        fault, last_start = _fault_of_cue(number, block, last_start)
        if fault:
            return fault
        has_cue = True
    return None if has_cue else CaptionFault("no_captions", len(lines))


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Passages between empty lines below the header, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines[1:], ""], start=2):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield number - len(block), block
            block = []


def _fault_of_cue(number: int, block: list[str], last_start: int) -> tuple[CaptionFault | None, int]:
    """The fault of a cue if any, and when it begins, in thousandths of a second."""
    place = 0 if "-->" in block[0] else 1  # a name may stand above the times
    if place >= len(block) or "-->" not in block[place]:
        return CaptionFault("no_times", number), last_start
    times = TIMES.match(block[place])
    if not times:
        return CaptionFault("comma" if re.search(r"\d,\d{3}", block[place]) else "no_times", number + place), last_start
    start, end = _moment(*times.groups()[:4]), _moment(*times.groups()[4:])
    if end <= start:
        return CaptionFault("backward", number + place), start
    if start < last_start:
        return CaptionFault("disordered", number + place), start
    if len(block) == place + 1:
        return CaptionFault("wordless", number + place), start
    return None, start


def _moment(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)
