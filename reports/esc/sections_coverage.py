"""Section 4: coverage by Participant, agency, office and curriculum."""

from __future__ import annotations

from typing import Any

from certificates.pdf.faces import SANS
from certificates.pdf.marks import CLAY, INK, QUIET, RIVER, RULE, Mark, Text, line

from .blocks import Flow, W
from .charts import dashed, dot
from .edition import WITHHELD, Edition
from .places import place_rows
from .tables import Column, Plot, Row, Ruler, add_table

NAME, COUNT, PLOT_WIDE = 190.0, 46.0, 96.0
LEFT, RIGHT = NAME + 4 * COUNT + 8, W - 7
TICKS = (0.0, 0.5, 1.0)


def coverage(e: Edition, flow: Flow) -> None:
    """The table with a dot for each share; what is withheld is marked."""
    found = e.figures["coverage"]
    total = found["total"]
    key = "m4_small" if total["withheld"] else "m4" if total["whole"] else "m4_none"
    flow.heading(e.say(key, **e.of(total)))
    _curricula(e, flow)
    label = e.label("table")
    flow.caption(label, e.say("t_coverage"), e.say("u_coverage"))
    heads = ("h_required", "h_met", "h_unmet", "h_share")
    cols = [
        Column(e.say("h_office"), NAME, "left"),
        *(Column(e.say(head), COUNT) for head in heads),
        Column("", W - NAME - 4 * COUNT),
    ]
    rows = place_rows(e, found["lines"], lambda each: _cells(e, each), total=total, plot=_dot)
    add_table(flow, cols, rows, label=e.again(label), ruler=_ruler(e, total["share"]), row=13.0, keep_end=True)
    flow.space(6)
    flow.note(e.say("n_withheld", all=e.count(found["offices"]), n=e.count(found["withheld_offices"])), keep=True)
    for agency, codes in _withheld(e):
        flow.note(f"{WITHHELD} {agency}: {codes}.", keep=True)
    if found["basis"] == "roster":
        flow.note(e.say("n_basis"))


def _withheld(e: Edition) -> list[tuple[str, str]]:
    """Agencies with the codes of their offices that are withheld."""
    found, agency = [], ""
    for each in e.ordered(e.figures["coverage"]["lines"]):
        if each["level"] == "agency":
            agency = e.name(each["name"])
        elif each["level"] == "withheld":
            found.append((agency, ", ".join(e.named(code) for code in each["among"])))
    return found


def _cells(e: Edition, each: dict[str, Any]) -> list[str]:
    return [*(e.count(each[name]) for name in ("whole", "part", "rest")), e.share_of(each), ""]


def _at(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(1.0, share)


def _dot(each: dict[str, Any]) -> Plot:
    """Larger for a Participant and the total."""
    large = each.get("level", "participant") == "participant"

    def plot(middle: float) -> list[Mark]:
        if each["share"] is None:
            return []
        return [dot(_at(each["share"]), middle, 3.0 if large else 2.4, fill=INK if large else RIVER)]

    return plot


def _ruler(e: Edition, total: float | None) -> Ruler:
    def head(base: float) -> list[Mark]:
        return [Text(_at(tick), base + 5, f"{tick * 100:.0f}", SANS, 7.2, QUIET, "centre") for tick in TICKS]

    def behind(top: float, height: float) -> list[Mark]:
        marks: list[Mark] = [line(_at(tick), top, _at(tick), top - height, RULE, 0.35) for tick in TICKS]
        return marks if total is None else [*marks, dashed(_at(total), top, _at(total), top - height, CLAY)]

    return Ruler(head, behind)


def _curricula(e: Edition, flow: Flow) -> None:
    found = e.figures["curricula"]
    if not found:
        return
    label = e.label("table")
    flow.caption(label, e.say("t_curricula"))
    heads = ("h_trained", "h_required", "h_met", "h_unmet", "h_share")
    cols = [Column(e.say("h_curriculum"), W - 5 * 58, "left"), *(Column(e.say(head), 58) for head in heads)]
    rows = [Row([e.name(c["title"]), e.count(c["trained"]), *_cells(e, c["coverage"])[:-1]]) for c in found]
    add_table(flow, cols, rows, label=e.again(label))
