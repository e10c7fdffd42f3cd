"""The cover, and what stands at the head and the foot of each page."""

from __future__ import annotations

from certificates.pdf.faces import BOLD, DISPLAY, MONO, SANS, SERIF, width_of
from certificates.pdf.fitting import balanced, block, one_line
from certificates.pdf.marks import CLAY, INK, QUIET, RIVER, RULE, SAND, Mark, Passage, Text, line, rect
from certificates.pdf.ornament import approach, bridge, deck_height, span_rule

from .blocks import H, W, lines_of
from .edition import Edition

DEEP = 356.0  # of the ground of sand


def cover(e: Edition, begins: list[int]) -> list[Mark]:
    """Title, period, cut-off, bodies, contents with the pages on which the sections begin."""
    meta = e.figures["meta"]
    deck = H - 76 + deck_height(92) - 1.6
    marks: list[Mark] = [
        rect(-200, H - DEEP, W + 400, DEEP + 270, fill=SAND),
        *approach(-64, H - 118, W / 2 - 55, deck, lines=26),
        *approach(W + 64, H - 118, W / 2 + 55, deck, INK, 26),
        *bridge(W / 2 - 46, H - 76, 92),
        Text(W / 2, H - 101, "Puente", BOLD, 15, INK, "centre"),
    ]
    title = Text(0, H - 190, e.say("report"), SANS, 11, QUIET), Text(-2, H - 232, e.say("title"), DISPLAY, 46, INK)
    period = e.say("subtitle", first=e.day(meta["period_from"]), last=e.day(meta["period_to"]))
    marks += [
        Passage("H1", 0, title),
        Passage("P", 0, block(0, H - 262, balanced(period, SERIF, 15, W), SERIF, 15, 19.5, RIVER)),
    ]
    bodies = [e.name(side["name"]) for side in e.participants()]
    names = [piece for name in bodies for piece in lines_of(name, BOLD, 8.6, W)][:4]
    marks.append(Passage("P", 0, block(0, H - 298, names, BOLD, 8.6, 12.5)))
    y = H - DEEP - 30
    for text in (e.say("dated", cut_off=e.day(meta["cut_off"]), zone=meta["time_zone"]), e.say("rank")):
        lines = lines_of(text, SERIF, 9.5, W)
        marks.append(Passage("P", 0, block(0, y, lines, SERIF, 9.5, 13)))
        y -= 13 * len(lines)
    if meta["demonstration"]:
        marks += [rect(0, y - 8, 6, 6, fill=CLAY)]
        marks.append(Passage("P", 0, (Text(12, y - 7.5, e.say("demonstration"), BOLD, 9.5, CLAY),)))
    return marks + _contents(e, begins, H - DEEP - 108)


def _contents(e: Edition, begins: list[int], y: float) -> list[Mark]:
    marks: list[Mark] = [Passage("H2", 0, (Text(0, y, e.say("contents"), BOLD, 8.6, RIVER),))]
    y -= 8
    for n, page in enumerate(begins, 1):
        marks.append(line(0, y, W, y, RULE, 0.35))
        entry = (
            Text(0, y - 12, str(n), SANS, 8.6, CLAY),
            Text(34, y - 12, e.say(f"s{n}"), SERIF, 9.5),
            Text(W, y - 12, str(page + 1), SANS, 8.6, INK, "right"),
        )
        marks.append(Passage("P", 0, entry))
        y -= 18
    return marks


def furniture(e: Edition, n: int, count: int, digest: str) -> list[Mark]:
    """Header and footer: the span, the running title, the hash, the page, and what is demonstration."""
    marks: list[Mark] = [
        line(0, -24, W, -24, RULE, 0.5),
        Text(0, -34, e.say("hash"), SANS, 6.6, QUIET),
        Text(0, -43, digest, MONO, 6.6, QUIET),
        Text(W, -43, e.say("page", n=str(n), all=str(count)), BOLD, 8, INK, "right"),
    ]
    if e.figures["meta"]["demonstration"]:
        words = e.say("demonstration")
        at = W - width_of(words, BOLD, 6.8)
        marks += [rect(at - 8, -34, 4.6, 4.6, fill=CLAY), Text(W, -34, words, BOLD, 6.8, CLAY, "right")]
    if n > 1:
        extract = e.figures["meta"]["extract"]
        marks += [
            Text(0, H + 25, "Puente", BOLD, 8, INK),
            Text(38, H + 25, e.say("report"), SANS, 8, QUIET),
            Text(W, H + 25, extract, MONO, one_line(extract, MONO, 7.4, W - 260), QUIET, "right"),
            span_rule(0, H + 15, W, 4, RIVER, 0.6),
        ]
    return marks
