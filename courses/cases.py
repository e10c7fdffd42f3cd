"""Whether a case can be walked: every choice leads somewhere, every step is reached, every way ends. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def case_faults(case: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A code and the step that it is about: `step_unknown`, `step_unreached`, `step_endless`, `case_without_end` (about
    none)."""
    nodes = {node.get("id", ""): node for node in case.get("nodes", [])}
    leads = {step: [choice.get("to", "") for choice in node.get("choices", [])] for step, node in nodes.items()}
    reached: dict[str, None] = {}
    waiting = [case.get("start", "")]
    while waiting:
        step = waiting.pop()
        if step not in nodes:
            yield "step_unknown", step
        elif step not in reached:
            reached[step] = None
            waiting += leads[step]
    for step in nodes:
        if step not in reached:
            yield "step_unreached", step
    ending = {step for step in reached if not leads[step]}
    if not ending:
        yield "case_without_end", ""
        return
    yield from (("step_endless", step) for step in reached if step not in _leading_to(ending, leads))


def _leading_to(ending: set[str], leads: Mapping[str, list[str]]) -> set[str]:
    """The steps from which one of the ends is reached."""
    found, is_growing = set(ending), True
    while is_growing:
        more = {step for step, targets in leads.items() if step not in found and found & set(targets)}
        found |= more
        is_growing = bool(more)
    return found
