"""Whether whatever can be chosen in an item says something to the person who chose it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def without_feedback(item: Mapping[str, Any]) -> list[str]:
    """The options, pairs and places of an item, and the words offered for its gaps, that have no feedback in any
    language: their letters, those of a gap after its number. A number or a word to write has nothing to choose."""
    return [name for name, choice in _choices(item) if not any((choice.get("feedback") or {}).values())]


def _choices(item: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from item.get("options", {}).items()
    for row in (*item.get("pairs", []), *item.get("regions", [])):
        yield row["letter"], row
    for gap in item.get("gaps", []):
        for choice in gap.get("choices", []):
            yield f"{gap['number']}{choice['letter']}", choice
