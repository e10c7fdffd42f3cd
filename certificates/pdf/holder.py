"""What differs from holder to holder: the name, the days, the number, the codes. Pure."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from ..codes import shown_code
from ..payload import Language, Payload
from .designs import look_of
from .faces import BOLD, DISPLAY, MONO, SANS, SERIF_ITALIC, width_of
from .fitting import block, one_line, within, wrap
from .frame import LIVE_W, Frame
from .marks import INK, QUIET, CodeCells, Mark, Passage, Text
from .qr import runs
from .words import date, say, sentence

NAME_W = LIVE_W - 60  # also where the name begins at the left: nobody's name is smaller in one design
CODE_SIDE = 76.0


def composed(name: str) -> str:
    """The name with its accents composed and its blanks single, as the faces know them."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def fit_name(name: str) -> tuple[float, list[str]]:
    """The largest of few sizes at which the name stands on one line; else two lines, broken where they are most
    equal."""
    for size in (38.0, 34.0, 31.0, 28.0, 26.0, 24.0):
        if width_of(name, DISPLAY, size) <= NAME_W:
            return size, [name]
    return within(name, DISPLAY, 23, NAME_W, 2)


def code_cells(payload: Payload, page: tuple[float, float]) -> CodeCells:
    """The square code; it stands in the same place on both pages."""
    frame = Frame(page)
    modules, cells = runs(payload.verify_url)
    return CodeCells(frame.middle - 128, frame.y(412 + CODE_SIDE), CODE_SIDE, modules, cells)


def checking_address(payload: Payload) -> str:
    """Where a person types the code, without the scheme."""
    parts = urlsplit(payload.verify_url)
    prefix = parts.path.split("/v/", 1)[0] if "/v/" in parts.path else ""
    return f"{parts.netloc}{prefix}/verify"


def holder_layer(payload: Payload, language: Language, page: tuple[float, float], cells: CodeCells) -> list[Passage]:
    """The holder's passages of one page. Their number, tags and turns are the same for every holder."""
    frame, look = Frame(page), look_of(payload.design.code)
    size, lines = fit_name(composed(payload.holder.name))
    first = 176.0 if len(lines) == 1 else 153.5
    day = date(payload.issued_on, language)
    place = payload.place_en if language == "en" else payload.place_es
    closing = sentence(payload.design, "closing", language)
    given = say("given_in" if place else "given", language, closing=closing, place=place, date=day)
    given_size = one_line(given, SERIF_ITALIC, 10.2, LIVE_W)
    x, w = frame.middle - 128 + CODE_SIDE + 12, 256 - CODE_SIDE - 12
    check_size, check = within(say("check", language, address=checking_address(payload)), SANS, 6.7, w, 4)
    check = wrap(" ".join(check), SANS, check_size, w)
    marks: list[Mark] = [
        Text(x, frame.y(418), say("number", language), SANS, 7.2, QUIET),
        Text(x + 50, frame.y(418), payload.number, MONO, 8.2, INK),
        Text(x, frame.y(430), say("code", language), SANS, 7.2, QUIET),
        Text(x + 50, frame.y(430), shown_code(payload.code), MONO, 8.2, INK),
        Text(x, frame.y(443), say("completed", language, date=date(payload.completed_on, language)), BOLD, 7.6, INK),
    ]
    lower = 0.0
    if payload.valid_until:
        lower = 9.5
        until = say("valid_until", language, date=date(payload.valid_until, language))
        marks.append(Text(x, frame.y(443 + lower), until, BOLD, 7.6, INK))
    return [
        Passage("P", 5, block(look.x(frame), frame.y(first), lines, DISPLAY, size, size * 1.06, INK, look.align)),
        Passage("P", 40, (Text(look.x(frame), frame.y(400), given, SERIF_ITALIC, given_size, INK, look.align),)),
        Passage("P", 43, tuple(marks)),
        Passage("Figure", 44, (cells,), say("code_alternative", language)),
        Passage("P", 45, block(x, frame.y(455 + lower), check, SANS, check_size, check_size * 1.27, QUIET)),
    ]
