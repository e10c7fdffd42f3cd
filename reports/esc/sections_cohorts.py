"""Section 3: the cohorts against their plan, and where their enrollments stand."""

from __future__ import annotations

from typing import Any

from certificates.pdf.faces import BOLD, SANS
from certificates.pdf.marks import CLAY, INK, PAPER, QUIET, RIVER, RULE, SAND, Mark, Passage, Text, line, rect

from .blocks import Flow, W, lines_of
from .charts import MIST
from .edition import MISSING, WITHHELD, Edition
from .places import pace_of
from .tables import Column, Plot, Row, add_table

STATES = (("completed", RIVER), ("in_progress", MIST), ("not_started", RULE), ("withdrawn", CLAY))


def cohorts(e: Edition, flow: Flow) -> None:
    """Each cohort's bar; the table; the states of the enrollments."""
    found = e.figures["cohorts"]
    if not found:
        flow.heading(e.say("m3_none"))
        return
    one, many = e.say("m3_one", due=e.day(found[0]["closes_on"])), e.say("m3_many", n=e.count(len(found)))
    flow.heading(one if len(found) == 1 else many)
    flow.caption(e.label("figure"), e.say("f_cohorts"), e.say("u_cohorts"))
    for cohort in found:
        _cohort_bar(e, flow, cohort)
    label = e.label("table")
    flow.caption(label, e.say("t_cohorts"), e.say("u_cohorts_table"))
    heads = (
        ("h_target", 46),
        ("h_planned", 52),
        ("h_completed", 54),
        ("h_pace", 44),
        ("h_attained", 48),
        ("h_due", 102),
    )
    cols = [Column(e.say("h_cohort"), W - 346, "left"), *(Column(e.say(head), w) for head, w in heads)]
    rows = [
        Row(
            [
                e.name(c["name"]),
                e.count(c["target"]) if c["has_target"] else MISSING,
                e.count(c["planned"]),
                e.count(c["completed"]),
                pace_of(e, c),
                e.share(c["attained"], withheld=c["attained"] is None and c["target"] != 0),
                e.day(c["closes_on"]),
            ]
        )
        for c in found
    ]
    add_table(flow, cols, rows, label=e.again(label))
    _states(e, flow)


def _cohort_bar(e: Edition, flow: Flow, cohort: dict[str, Any]) -> None:
    """Bar: completed; line across: planned; end of the track: target."""
    target, planned, done = cohort["target"], cohort["planned"], cohort["completed"]
    longest = max(1, target or 0, planned or 0, done or 0)
    names = lines_of(e.name(cohort["name"]), BOLD, 8.6, W - 130)
    low = 11.0 * len(names)

    def render(top: float, room: float) -> list[Mark]:
        y = top - low - 18
        track = rect(0, y, W * (target or 0) / longest, 14, fill=SAND)
        marks: list[Mark] = [track, rect(0, y + 3, W * (done or 0) / longest, 8, fill=RIVER)]
        texts = [Text(0, top - 8.6 - 11 * i, name, BOLD, 8.6) for i, name in enumerate(names)]
        key = "target" if cohort["has_target"] else "enrolled_instead"
        texts.append(Text(W, top - 8.6, e.say(key, n=e.count(target)), SANS, 7.2, QUIET, "right"))
        end, at = W * (done or 0) / longest, W * (planned or 0) / longest
        value = e.count(done)
        if end > 60:
            texts.append(Text(end - 4, y + 4.4, value, BOLD, 7.6, PAPER, "right"))
        else:
            clear = end + 5 if at < end or at - end > 40 else at + 5
            texts.append(Text(clear, y + 4.4, value, BOLD, 7.6, QUIET if value == WITHHELD else RIVER))
        if planned is not None:
            marks.append(line(at, y - 2, at, y + 16, INK, 1.6))
            texts.append(
                Text(min(max(at, 26), W - 26), y - 10, e.say("plan", n=e.count(planned)), SANS, 7.2, INK, "centre")
            )
        return [*marks, Passage("P", 0, tuple(texts))]

    flow.add(low + 36, render)


def _states(e: Edition, flow: Flow) -> None:
    label = e.label("table")
    flow.caption(label, e.say("t_states"), e.say("u_states"))
    name, each, enrolled = 128.0, 50.0, 44.0
    bar_at = name + enrolled + 4 * each + 6
    cols = [
        Column(e.say("h_cohort"), name, "left"),
        Column(e.say("h_enrollments"), enrolled),
        *(Column(e.say(f"h_{state}"), each) for state, _ in STATES),
        Column("", W - name - enrolled - 4 * each),
    ]
    rows = [
        Row(
            [e.name(c["name"]), e.count(c["enrolled"]), *(e.count(c["states"][state]) for state, _ in STATES), ""],
            plot=_state_bar(c, bar_at),
        )
        for c in e.figures["cohorts"]
    ]
    add_table(flow, cols, rows, label=e.again(label))


def _state_bar(cohort: dict[str, Any], left: float) -> Plot:
    """The states as parts of one bar, in the order of the columns; none where a count is withheld."""
    counts, whole = cohort["states"], cohort["enrolled"]

    def plot(middle: float) -> list[Mark]:
        marks: list[Mark] = []
        if not whole or None in counts.values():
            return marks
        x = left
        for state, color in STATES:
            wide = (W - left) * counts[state] / whole
            if wide:
                marks.append(rect(x, middle - 4, wide, 8, fill=color))
            x += wide
        return marks

    return plot
