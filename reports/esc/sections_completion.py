"""Section 5: completion curves of the largest cohorts, and rates with both denominators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from certificates.pdf.marks import Mark, Passage

from .blocks import Flow, W
from .charts import curve, curve_height
from .edition import Edition
from .places import place_rows
from .tables import Column, Row, add_table

MOST_CURVES, MOST_WEEKS = 2, 8


def completion(e: Edition, flow: Flow) -> None:
    """Rates by Participant and agency, and by cohort; then the curves."""
    total, cohorts = e.figures["rates"]["total"], e.figures["cohorts"]
    key = "m5_small" if total["withheld"] else "m5" if total["whole"] else "m5_none"
    flow.heading(e.say(key, **e.of(total)))
    label = e.label("table")
    flow.caption(label, e.say("t_rates"), e.say("u_rates"))
    rows = place_rows(e, e.figures["rates"]["lines"], lambda each: _cells(e, each, each["of_started"]), total=total)
    add_table(flow, _columns(e, e.say("h_place")), rows, label=e.again(label))
    if cohorts:
        label = e.label("table")
        flow.caption(label, e.say("t_rates_cohorts"), e.say("u_rates"))
        rows = [Row([e.name(c["name"]), *_cells(e, c["of_enrolled"], c["of_started"])]) for c in cohorts]
        add_table(flow, _columns(e, e.say("h_cohort")), rows, label=e.again(label))
    for cohort in cohorts[:MOST_CURVES]:
        _curve(e, flow, cohort)


def _columns(e: Edition, first: str) -> list[Column]:
    heads = ("h_on_time", "h_enrollments", "h_of_enrolled", "h_started", "h_of_started")
    return [Column(first, W - 5 * 58, "left"), *(Column(e.say(head), 58) for head in heads)]


def _cells(e: Edition, enrolled: dict[str, Any], started: dict[str, Any]) -> list[str]:
    return [
        e.count(enrolled["part"]),
        e.count(enrolled["whole"]),
        e.share_of(enrolled),
        e.count(started["whole"]),
        e.share_of(started),
    ]


def _curve(e: Edition, flow: Flow, cohort: dict[str, Any]) -> None:
    found, name = cohort["curve"], e.name(cohort["name"])
    if found is None or not found["weeks"]:
        flow.space()
        flow.text(e.say("e_curve" if found is None else "e_steps", name=name))
        return
    smallest = e.count(e.figures["meta"]["smallest_cell"])
    flow.caption(e.label("figure"), e.say("f_curve", name=name), e.say("u_curve", k=smallest))
    words = {key: e.say(f"c_{key}") for key in ("week", "completed", "withdrawn", "half")}
    last = found["weeks"][-1]
    numbers = {key: e.share(last[key]) for key in ("completed", "withdrawn")}

    def render(top: float, room: float) -> list[Mark]:
        marks = tuple(curve(found, top, words, numbers))
        return [Passage("Figure", 0, marks, e.say("f_curve", name=name) + ". " + e.say("a_curve"))]

    flow.add(curve_height(), render)
    label = e.label("table")
    flow.caption(label, e.say("t_curve", name=name))
    heads = ("h_week", "h_completed", "h_band", "h_withdrawn")
    cols = [Column(e.say(head), w) for head, w in zip(heads, (70, 120, 160, 132), strict=True)]
    rows = [
        Row(
            [
                e.count(week["week"]),
                e.share(week["completed"]),
                f"{e.share(week['low'])} – {e.share(week['high'])}",
                e.share(week["withdrawn"]),
            ]
        )
        for week in spread(found["weeks"], MOST_WEEKS)
    ]
    add_table(flow, cols, rows, label=e.again(label))


def spread(weeks: Sequence[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """At most so many, evenly spread, always with the last."""
    step = -(-len(weeks) // most)
    return list(weeks[::-1][::step][::-1])
