"""What a reader does inside a lesson without being marked: a case walked step by step, a check-yourself item answered.

Both travel in the address (`?case-trailer=ask.wait&check-dose=B`), so they work without script, survive a change of
language, and store nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def with_state(blocks: list[dict[str, Any]], query: Mapping[str, str]) -> list[dict[str, Any]]:
    """The blocks, each scenario and check with its `state` for the query of the address.

    `carried` are the choices made in the other cases and checks of the page, so that a form takes them along.
    """
    chosen = [(key, value) for key, value in query.items() if key.startswith(("case-", "check-")) and value]
    return [_with_state(block, query, chosen) for block in blocks]


def is_interactive(query: Mapping[str, str]) -> bool:
    """Whether the address says anything about a case or a check."""
    return any(key.startswith(("case-", "check-")) for key in query)


def _with_state(block: dict[str, Any], query: Mapping[str, str], chosen: list[tuple[str, str]]) -> dict[str, Any]:
    if block["type"] not in {"scenario", "check"}:
        return block
    is_case = block["type"] == "scenario"
    name = f"{'case' if is_case else 'check'}-{block['id']}"
    given = query.get(name, "")
    state = _walk(block, given) if is_case else _answered(block, given)
    return block | {"state": state, "carried": [pair for pair in chosen if pair[0] != name]}


def _walk(block: dict[str, Any], path: str) -> dict[str, Any]:
    """The steps taken, each with its choice, and the step now. `path` holds the numbers of the choices: `1.2`.

    A number that is no choice ends the walk there: what is shown is always a path of the case.
    """
    nodes = block["nodes"]
    node = nodes[block["start"]]
    steps: list[dict[str, Any]] = []
    taken: list[str] = []
    for part in path.split(".") if path else []:
        choices = node.get("choices", [])
        if not part.isdigit() or not 1 <= int(part) <= len(choices):
            break
        choice = choices[int(part) - 1]
        steps.append({"number": len(steps) + 1, "node": node, "choice": choice, "before": ".".join(taken)})
        taken.append(part)
        node = nodes[choice["to"]]
    prefix = ".".join(taken)
    choices = [
        choice | {"value": f"{prefix}.{number}" if prefix else str(number)}
        for number, choice in enumerate(node.get("choices", []), start=1)
    ]
    return {"steps": steps, "number": len(steps) + 1, "node": node, "choices": choices, "ended": not choices}


def _answered(block: dict[str, Any], letter: str) -> dict[str, Any] | None:
    for option in block["options"]:
        if option["letter"] == letter:
            return {"chosen": letter, "right": letter == block["key"], "feedback": option["feedback"]}
    return None
