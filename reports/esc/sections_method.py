"""Section 8: what each figure counts, what is withheld and why, and how to make the report again."""

from __future__ import annotations

from itertools import zip_longest

from certificates.pdf.faces import BOLD, MONO, SANS, SERIF
from certificates.pdf.fitting import block
from certificates.pdf.marks import CLAY, QUIET, RIVER, SAND, Mark, Passage, Text, rect

from ..figures.canonical import sha256_of
from ..metrics.registry import registry
from .blocks import GUTTER, Flow, W, columns, lines_of
from .edition import MISSING, Edition

HALF = columns(3)


def method(e: Edition, flow: Flow) -> None:
    """Definitions in two columns; suppression; reproduction."""
    flow.heading(e.say("m8"))
    metrics = list(e.figures["metrics"].items())
    for pair in zip_longest(metrics[::2], metrics[1::2]):
        _definitions(e, flow, [each for each in pair if each])
    flow.space(6)
    flow.note(e.say("d_formulas"))
    _suppression(e, flow)
    _reproduction(e, flow)


def _definitions(e: Edition, flow: Flow, pair: list[tuple[str, str]]) -> None:
    place = int(e.language == "es")
    columns_of: list[tuple[str, str, list[str], list[str]]] = []
    for name, version in pair:
        known = registry().get(name)
        if known is None or known.version != version:
            said, counted = e.say("d_other"), ""
            title = name
        else:
            said, title = known.definition[place], known.name[place]
            key = "d_of" if known.denominator[place] else "d_alone"
            counted = e.say(key, part=known.numerator[place], whole=known.denominator[place])
            counted = f"{counted} {known.caveat[place]}".strip()
        body, small = lines_of(said, SERIF, 8.8, HALF - 6), lines_of(counted, SANS, 7.2, HALF - 6) if counted else []
        columns_of.append((title, f"{name} {version}", body, small))
    height = max(24 + 11.6 * len(body) + 9.4 * len(small) for *_, body, small in columns_of)

    def render(top: float, room: float) -> list[Mark]:
        marks: list[Mark] = []
        for i, (title, label, body, small) in enumerate(columns_of):
            x = i * (HALF + GUTTER)
            low = top - 22 - 11.6 * len(body)
            marks += [
                Passage("H2", 0, (Text(x, top - 9, title, BOLD, 8.6, RIVER),)),
                Passage("P", 0, (Text(x, top - 18, label, MONO, 6.6, QUIET),)),
                Passage("P", 0, block(x, top - 29.5, body, SERIF, 8.8, 11.6)),
            ]
            if small:
                marks.append(Passage("P", 0, block(x, low - 7, small, SANS, 7.2, 9.4, QUIET)))
        return marks

    flow.space(7)
    flow.add(height, render)


def _suppression(e: Edition, flow: Flow) -> None:
    most = e.count(max(0, e.figures["meta"]["smallest_cell"] - 1))
    paragraphs = [lines_of(e.say(key, most=most), SERIF, 9.5, W - 34) for key in ("supp_1", "supp_2")]
    height = 13.0 * sum(map(len, paragraphs)) + 42

    def render(top: float, room: float) -> list[Mark]:
        ground = rect(0, top - height, W, height, fill=SAND), rect(0, top - height, 2.5, height, fill=CLAY)
        y = top - 37
        marks: list[Mark] = [*ground, Passage("H2", 0, (Text(16, top - 20, e.say("suppression"), BOLD, 9.5, CLAY),))]
        for lines in paragraphs:
            marks.append(Passage("P", 0, block(16, y, lines, SERIF, 9.5, 13)))
            y -= 13 * len(lines) + 2
        return marks

    flow.space()
    flow.add(height, render)


def _reproduction(e: Edition, flow: Flow) -> None:
    meta = e.figures["meta"]
    flow.space()
    flow.subheading(e.say("reproduction"))
    flow.text(e.say("repro"))
    command = f"manage.py esc_report --from {meta['period_from']} --to {meta['period_to']} --output DIR"
    facts = [
        ("r_extract", meta["extract"], MONO),
        ("r_definitions", meta["definitions"], MONO),
        ("r_declaration", e.day(meta["declaration"]), SANS),
        ("r_software", meta["software"], MONO),
        ("r_time_zone", meta["time_zone"], MONO),
        ("r_smallest", e.count(meta["smallest_cell"]), MONO),
    ]
    flow.space(8)
    _facts(e, flow, facts[:3], columns(2))
    _facts(e, flow, facts[3:], columns(2))
    for key, value in (
        ("r_content", meta["content_sha256"]),
        ("r_figures", sha256_of(e.figures)),
        ("r_command", command),
    ):
        _facts(e, flow, [(key, value or MISSING, MONO)], W)


def _facts(e: Edition, flow: Flow, facts: list[tuple[str, str, str]], width: float) -> None:
    cells = [(e.say(key), lines_of(value, face, 8.2, width), face) for key, value, face in facts]
    height = 15 + 10.5 * max(len(lines) for _, lines, _ in cells)

    def render(top: float, room: float) -> list[Mark]:
        marks: list[Mark] = []
        for i, (name, lines, face) in enumerate(cells):
            x = i * (columns(2) + GUTTER)
            texts = Text(x, top - 7.2, name, SANS, 7.2, QUIET), *block(x, top - 17.5, lines, face, 8.2, 10.5)
            marks.append(Passage("P", 0, texts))
        return marks

    flow.add(height, render)
