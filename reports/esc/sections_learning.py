"""Sections 6 and 7: first attempts, and the languages of work."""

from __future__ import annotations

from typing import Any

from certificates.pdf.faces import SANS
from certificates.pdf.marks import QUIET, RIVER, RULE, Mark, Text, line, rect

from .blocks import Flow, W
from .charts import MIST, dot
from .edition import Edition
from .places import place_rows
from .tables import Column, Plot, Row, Ruler, add_number, add_table

CODE, TITLE, COUNT, SHARE, INTERVAL = 46.0, 138.0, 48.0, 48.0, 80.0
LEFT, RIGHT = CODE + TITLE + 2 * COUNT + SHARE + INTERVAL + 8, W - 7
TICKS = (0.0, 0.5, 1.0)


def first_attempts(e: Edition, flow: Flow) -> None:
    """By course with an interval, by Participant and agency, by curriculum."""
    found = e.figures["first"]
    total = found["total"]
    key = "m6_small" if total["withheld"] else "m6" if total["whole"] else "m6_none"
    flow.heading(e.say(key, **e.of(total)))
    label = e.label("table")
    flow.caption(label, e.say("t_first_courses"), e.say("u_first"))
    if e.figures["courses"]:
        _by_course(e, flow, label)
    else:
        flow.note(e.say("e_courses"))
    label = e.label("table")
    flow.caption(label, e.say("t_first_places"))
    rows = place_rows(e, found["lines"], lambda each: _cells(e, each), total=total)
    add_table(flow, _columns(e, e.say("h_place")), rows, label=e.again(label))
    if e.figures["curricula"]:
        label = e.label("table")
        flow.caption(label, e.say("t_first_curricula"))
        rows = [Row([e.name(c["title"]), *_cells(e, c["first"])]) for c in e.figures["curricula"]]
        add_table(flow, _columns(e, e.say("h_curriculum")), rows, label=e.again(label))


def _columns(e: Edition, first: str) -> list[Column]:
    return [
        Column(first, W - 3 * 70, "left"),
        *(Column(e.say(head), 70) for head in ("h_handed_in", "h_passed", "h_share")),
    ]


def _cells(e: Edition, each: dict[str, Any]) -> list[str]:
    return [e.count(each["whole"]), e.count(each["part"]), e.share_of(each)]


def _by_course(e: Edition, flow: Flow, label: str) -> None:
    cols = [
        Column(e.say("h_course"), CODE, "left"),
        Column("", TITLE, "left"),
        Column(e.say("h_handed_in"), COUNT),
        Column(e.say("h_passed"), COUNT),
        Column(e.say("h_share"), SHARE),
        Column(e.say("h_interval"), INTERVAL),
        Column("", W - LEFT + 8),
    ]
    rows = [
        Row(
            [e.named(c["code"]), e.name(c["title"]), *_cells(e, c["first"]), _interval(e, c["first"]), ""],
            plot=_dot(c["first"]),
        )
        for c in e.figures["courses"]
    ]
    add_table(flow, cols, rows, label=e.again(label), ruler=_ruler(), row=16.0)


def _interval(e: Edition, first: dict[str, Any]) -> str:
    if first["withheld"] or first["low"] is None:
        return e.share_of(first)
    return f"{e.share(first['low'])} – {e.share(first['high'])}"


def _at(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _dot(first: dict[str, Any]) -> Plot:
    def plot(middle: float) -> list[Mark]:
        if first["share"] is None:
            return []
        bar = line(_at(first["low"]), middle, _at(first["high"]), middle, MIST, 4)
        return [bar, dot(_at(first["share"]), middle, 2.6, fill=RIVER)]

    return plot


def _ruler() -> Ruler:
    def head(base: float) -> list[Mark]:
        return [Text(_at(tick), base + 5, f"{tick * 100:.0f}", SANS, 7.2, QUIET, "centre") for tick in TICKS]

    def behind(top: float, height: float) -> list[Mark]:
        return [line(_at(tick), top, _at(tick), top - height, RULE, 0.35) for tick in TICKS]

    return Ruler(head, behind)


def languages(e: Edition, flow: Flow) -> None:
    """Lessons and attempts by language; who worked in both."""
    found = e.figures["language"]
    both = found["both"]
    key = "m7_small" if both["withheld"] else "m7" if both["whole"] else "m7_none"
    flow.heading(e.say(key, **e.of(both)))
    add_number(flow, e.share_of(both), e.say("k_both"), e.say("kd_both", **e.of(both)), both["share"])
    label = e.label("table")
    flow.caption(label, e.say("t_languages"), e.say("u_languages"))
    bar_at, bar_wide = 376.0, W - 376
    cols = [
        Column(e.say("h_work"), 114, "left"),
        Column(e.say("h_spanish"), 64),
        Column(e.say("h_english"), 64),
        Column(e.say("h_all"), 56),
        Column(e.say("h_share_spanish"), 72),
        Column("", W - 370),
    ]

    def bar(each: dict[str, Any]) -> Plot:
        def plot(middle: float) -> list[Mark]:
            if each["share"] is None:
                return []
            spanish = rect(bar_at, middle - 4.5, bar_wide * each["share"], 9, fill=RIVER)
            return [rect(bar_at, middle - 4.5, bar_wide, 9, fill=MIST), spanish]

        return plot

    rows = [
        Row(
            [e.say(name), *(e.count(found[name][n]) for n in ("part", "rest", "whole")), e.share_of(found[name]), ""],
            plot=bar(found[name]),
        )
        for name in ("lessons", "attempts")
    ]
    add_table(flow, cols, rows, label=e.again(label), row=18.0)
