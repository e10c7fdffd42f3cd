"""The parts of an item between its streams and its canonical form (`docs/content.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.blocks import StreamValue

Content = Mapping[str, Any]


def parts_content(item: Any) -> dict[str, Any]:
    """What the canonical form of an item holds beside question, options and number. Empty parts are left out."""
    content: dict[str, Any] = {
        "difficulty": item.difficulty,
        "outcome": item.outcome,
        "category": item.category.code if item.category else "",
    }
    if scenario := item.scenario:
        content["scenario"] = {
            "code": scenario.code,
            "title": {"en": scenario.title_en, "es": scenario.title_es},
            "text": {"en": scenario.text_en, "es": scenario.text_es},
        }
    if item.kind == "matching":
        content["pairs"] = _rows(item.pairs)
        content["distractors"] = _rows(item.distractors)
    elif item.kind == "gap":
        content["gaps"] = [_gap(row) for row in _rows(item.gaps)]
    elif item.kind == "hotspot":
        content["regions"] = [row | {"points": row.get("points", "").split()} for row in _rows(item.regions)]
    return {name: part for name, part in content.items() if part}


def streams_of(content: Content) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The values of the streams of an item, from its canonical form."""
    gaps = [
        gap | {"accepted": {code: "\n".join(lines) for code, lines in gap.get("accepted", {}).items()}}
        for gap in content.get("gaps", [])
    ]
    regions = [region | {"points": " ".join(region["points"])} for region in content.get("regions", [])]
    return {
        "options": [("option", dict(option)) for option in content.get("options", [])],
        "pairs": [("pair", dict(pair)) for pair in content.get("pairs", [])],
        "distractors": [("distractor", dict(row)) for row in content.get("distractors", [])],
        "gaps": [("gap", gap) for gap in gaps],
        "regions": [("region", region) for region in regions],
    }


def _gap(row: dict[str, Any]) -> dict[str, Any]:
    """Choices go before answers to write: a gap has one of the two."""
    gap: dict[str, Any] = {"number": row["number"]}
    if choices := row.get("choices"):
        return gap | {"choices": choices}
    accepted = {
        code: [line.strip() for line in text.splitlines() if line.strip()]
        for code, text in row.get("accepted", {}).items()
    }
    return gap | {"accepted": {code: lines for code, lines in accepted.items() if lines}}


def _rows(stream: StreamValue) -> list[dict[str, Any]]:
    return [_plain(child.block.get_prep_value(child.value)) for child in stream]


def _plain(value: Any) -> Any:
    """Without what is empty; the entries of a list without the identity that storage gives them."""
    if isinstance(value, dict):
        parts = {name: _plain(part) for name, part in value.items()}
        return {name: part for name, part in parts.items() if part not in (None, "", [], {})}
    if isinstance(value, list):
        return [_plain(part["value"] if isinstance(part, dict) and "value" in part else part) for part in value]
    return value
