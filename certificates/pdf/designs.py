"""The designs of the document: what ornaments a page, and where its sentences begin. Pure.

A design changes the head, the line under the name and the alignment; columns, signatories and codes stand where they
always stand. A design that was issued is never changed: a new one gets a new code (docs/decisions/0026-designs.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..payload import IssuingBody, Language, Payload
from .faces import BOLD, SANS
from .fitting import one_line
from .frame import LIVE_W, Frame
from .marks import CLAY, INK, QUIET, RIVER, Align, Mark, Passage, Text, line, rect
from .ornament import approach, arcade, bridge, deck_height, fan, ripple, span_rule, wave


@dataclass(frozen=True, slots=True)
class Look:
    """One design."""

    align: Align
    title: str
    head: Callable[[Payload, Language, Frame], list[Mark]]
    under_name: Callable[[Frame], list[Mark]]

    def x(self, frame: Frame) -> float:
        """Where the title, the name and the sentences stand."""
        return frame.left if self.align == "left" else frame.middle


def look_of(code: str) -> Look:
    """The design of that code. Raises ValueError for one that this release does not have."""
    if code not in DESIGNS:
        raise ValueError(f"this release has no design {code!r}")
    return DESIGNS[code]


def in_order(payload: Payload, language: Language) -> tuple[IssuingBody, IssuingBody]:
    """Left and right change places from page to page, so that neither side always stands first."""
    return payload.bodies if language == "en" else (payload.bodies[1], payload.bodies[0])


def _bodies(
    payload: Payload, language: Language, frame: Frame, places: tuple[tuple[float, Align], ...], t: float, width: float
) -> list[Mark]:
    """Both issuing bodies at `t` and eleven points below, at two places."""
    marks: list[Mark] = []
    for turn, (body, (x, align)) in enumerate(zip(in_order(payload, language), places, strict=True)):
        name = body.participant_en if language == "en" else body.participant_es
        agency = body.agency_en if language == "en" else body.agency_es
        lines = (
            Text(x, frame.y(t), name, BOLD, one_line(name, BOLD, 8.2, width), INK, align),
            Text(x, frame.y(t + 11), agency, SANS, one_line(agency, SANS, 8.2, width), QUIET, align),
        )
        marks.append(Passage("P", 2 + turn, lines))
    return marks


def _span_head(payload: Payload, language: Language, frame: Frame) -> list[Mark]:
    """The ornament from bank to bank, the mark in its middle, a body on each side."""
    deck, half = frame.y(26) + deck_height(76) - 1.4, 45
    sides: tuple[tuple[float, Align], ...] = ((frame.left, "left"), (frame.right, "right"))
    return [
        *approach(frame.left, frame.y(47), frame.middle - half, deck, RIVER),
        *approach(frame.right, frame.y(47), frame.middle + half, deck, INK),
        *bridge(frame.middle - 38, frame.y(26), 76),
        Text(frame.middle, frame.y(44), "Puente", BOLD, 12, INK, "centre"),
        *_bodies(payload, language, frame, sides, 60, LIVE_W / 2 - 10),
    ]


def _arcade_head(payload: Payload, language: Language, frame: Frame) -> list[Mark]:
    """A frame of small spans around the page, fans in its corners; the mark above the title, a body on each side."""
    (width, height), outer, inner = frame.page, 18.0, 30.0
    sides: tuple[tuple[float, Align], ...] = ((frame.left, "left"), (frame.right, "right"))
    return [
        rect(outer, outer, width - 2 * outer, height - 2 * outer, stroke=INK),
        rect(inner, inner, width - 2 * inner, height - 2 * inner, stroke=RIVER),
        *arcade(outer, inner, width, height, RIVER),
        *fan(inner, inner, 1, 1, RIVER),
        *fan(width - inner, inner, -1, 1, INK),
        *fan(inner, height - inner, 1, -1, INK),
        *fan(width - inner, height - inner, -1, -1, RIVER),
        *bridge(frame.middle - 32, frame.y(38), 64),
        Text(frame.middle, frame.y(56), "Puente", BOLD, 11, INK, "centre"),
        *_bodies(payload, language, frame, sides, 44, LIVE_W / 2 - 60),
    ]


def _river_head(payload: Payload, language: Language, frame: Frame) -> list[Mark]:
    """A river along the upper and the lower edge; the mark at the right, both bodies in one row before it."""
    width, height = frame.page
    places: tuple[tuple[float, Align], ...] = ((frame.left, "left"), (frame.left + 288, "left"))
    marks: list[Mark] = [
        wave(width, height + 1, height - 21, 3.4, RIVER),
        wave(width, -1, 15, 3.4, INK),
        *(ripple(width, height - 25.5 - 3 * n, 3.4, RIVER, 0.5 - 0.12 * n) for n in range(3)),
        *(ripple(width, 19.5 + 3 * n, 3.4, INK, 0.5 - 0.12 * n) for n in range(3)),
        *bridge(frame.right - 84, frame.y(44), 76),
        Text(frame.right - 46, frame.y(61), "Puente", BOLD, 12, INK, "centre"),
    ]
    return [*marks, *_bodies(payload, language, frame, places, 44, 270)]


def _river_line(frame: Frame) -> list[Mark]:
    """A short thick line and a long thin one, where the name begins."""
    y = frame.y(193)
    return [line(frame.left, y, frame.left + 64, y, CLAY, 2), line(frame.left + 64, y, frame.right, y, RIVER, 0.6)]


def _double_span(frame: Frame) -> list[Mark]:
    left, y = frame.middle - 120, frame.y(194)
    return [span_rule(left, y, 240, 6, INK), span_rule(left, y - 2.5, 240, 6, RIVER)]


def _single_span(frame: Frame) -> list[Mark]:
    return [span_rule(frame.middle - 165, frame.y(193), 330)]


DESIGNS: Mapping[str, Look] = {
    "span": Look("centre", RIVER, _span_head, _single_span),
    "arcade": Look("centre", INK, _arcade_head, _double_span),
    "river": Look("left", RIVER, _river_head, _river_line),
}
"""By the code that payloads name, in the order in which they are offered."""
