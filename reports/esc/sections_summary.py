"""Section 1: the summary."""

from __future__ import annotations

from .blocks import Flow
from .edition import MISSING, Edition
from .places import pace_of, place_rows
from .tables import Column, add_number, add_table


def summary(e: Edition, flow: Flow) -> None:
    """Five numbers, each with what it counts, and officers trained by Participant and agency."""
    trained, coverage, rates = e.figures["trained"], e.figures["coverage"]["total"], e.figures["rates"]["total"]
    flow.heading(_summary_message(e))
    began = rates["of_started"]
    of_started = {
        "began": e.count(began["whole"]),
        "began_part": e.count(began["part"]),
        "of_started": e.share_of(began),
    }
    numbers = {name: e.count(trained[name]) for name in ("enrolled", "completions", "to_date")}
    pace, pace_said, pace_bar = _largest_cohort(e)
    add_number(flow, e.count(trained["persons"]), e.say("k_trained"), e.say("kd_trained", **numbers))
    add_number(
        flow, e.share_of(coverage), e.say("k_coverage"), e.say("kd_coverage", **e.of(coverage)), coverage["share"]
    )
    add_number(flow, pace, e.say("k_pace"), pace_said, pace_bar)
    said = e.say("kd_completion", **e.of(rates), **of_started)
    add_number(flow, e.share_of(rates), e.say("k_completion"), said, rates["share"])
    said = e.say("kd_holders", enrolled=numbers["enrolled"])
    add_number(flow, e.count(trained["holders"]), e.say("k_holders"), said)
    label = e.label("table")
    flow.caption(label, e.say("t_trained"), e.say("u_trained"))
    heads = ["h_trained", "h_not_trained", "h_enrolled", "h_share"]
    cols = [Column(e.say("h_place"), 222, "left"), *(Column(e.say(head), 65) for head in heads)]
    rows = place_rows(
        e, trained["lines"], lambda each: [*(e.count(each[n]) for n in ("part", "rest", "whole")), e.share_of(each)]
    )
    add_table(flow, cols, rows, label=e.again(label))


def _summary_message(e: Edition) -> str:
    persons, coverage = e.figures["trained"]["persons"], e.figures["coverage"]["total"]
    key = "m1_small" if persons is None else "m1" if persons else "m1_none"
    said = e.say(key, persons=e.count(persons))
    if not coverage["withheld"] and coverage["whole"]:
        said += " " + e.say("m1_coverage", **e.of(coverage))
    return said


def _largest_cohort(e: Edition) -> tuple[str, str, float | None]:
    """The pace of the first cohort, the one with the largest target; its sentence; the length of its bar."""
    if not e.figures["cohorts"]:
        return MISSING, e.say("kd_no_cohort"), None
    first = e.figures["cohorts"][0]
    said = e.say(
        "kd_pace", name=e.name(first["name"]), completed=e.count(first["completed"]), planned=e.count(first["planned"])
    )
    return pace_of(e, first), said, first["pace"]
