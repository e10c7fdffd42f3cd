"""Whether a case can be walked: every choice leads somewhere, every step is reached, and the case ends. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def case_faults(case: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A code and the step that it is about: `step_unknown`, `step_unreached`, `case_without_end` (about none)."""
    nodes = {node["id"]: node for node in case.get("nodes", [])}
    reached: set[str] = set()
    waiting = [case.get("start", "")]
    while waiting:
        step = waiting.pop()
        if step not in nodes:
            yield "step_unknown", step
        elif step not in reached:
            reached.add(step)
            waiting += [choice["to"] for choice in nodes[step].get("choices", [])]
    for step in nodes.keys() - reached:
        yield "step_unreached", step
    if all(nodes[step].get("choices") for step in reached):
        yield "case_without_end", ""
