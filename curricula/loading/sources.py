"""Reads the source files: plain values in, plain values out."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from courses.figures.library import drawing

MODES = {
    "self-paced": ("self-paced", "autoformación"),
    "instructor-led": ("instructor-led", "con instructor"),
    "practical": ("practical", "práctica"),
}

ITEM_KEYS = (
    "code", "level", "stem", "rationale", "difficulty", "outcome", "category", "scenario", "number", "pairs",
    "distractors", "gaps", "image", "regions",
)  # fmt: skip
"""What a source file says of an item as its canonical form does."""


def read_yaml(path: Path) -> Any:
    """The value of a YAML file."""
    with path.open(encoding="utf-8") as file:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.load(file, Loader=loader)  # noqa: S506 (both loaders are safe; one is in C)


def read_glossary(path: Path) -> list[dict[str, str]]:
    """One dictionary a term."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def modes(text: str, hours: Any) -> dict[str, str]:
    """`self-paced 4 + practical 12 (…)` as a sentence part in both languages; one mode alone takes all hours."""
    parts = [part.strip().split("(")[0].split() for part in text.split("+")]
    spoken: dict[str, list[str]] = {"en": [], "es": []}
    for words in parts:
        amount = words[1] if len(words) > 1 else str(hours)
        for language, word in zip(("en", "es"), MODES[words[0]], strict=True):
            spoken[language].append(f"{word} {amount} h")
    return {language: ", ".join(words)[:1].upper() + ", ".join(words)[1:] for language, words in spoken.items()}


def body_of(blocks: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """The blocks of a lesson file as a stream's values."""
    return [(block["type"], _block(block)) for block in blocks]


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is known of the sources of all lessons: the day on which they were read (ISO 8601), and of each tag the kind
    and whose text it is."""

    consulted_on: str = ""
    kinds: Mapping[str, dict[str, str]] = field(default_factory=dict)

    def of(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The sources of a lesson file as its draft keeps them (`courses.sources`): what the file says goes first."""
        read = {"consulted_on": self.consulted_on} if self.consulted_on else {}
        return [{**read, **self.kinds.get(row["tag"], {}), **_with_days_as_texts(row)} for row in rows]


def read_source_facts(path: Path) -> SourceFacts:
    """The facts of `sources.yaml`; none where there is no such file."""
    if not path.exists():
        return SourceFacts()
    data = read_yaml(path)
    kinds = {
        tag: {"kind": kind, "side": side}
        for kind, sides in data["kinds"].items()
        for side, tags in sides.items()
        for tag in tags
    }
    return SourceFacts(str(data["consulted_on"]), kinds)


def _with_days_as_texts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, dt.date) else value for name, value in row.items()}


def item_of(course_code: str, row: dict[str, Any]) -> dict[str, Any]:
    """The canonical form of an item (`docs/content.md`) from its row in a source file."""
    given = row.get("key", [])
    key = [given] if isinstance(given, str) else given
    content = {name: row[name] for name in ITEM_KEYS if name in row}
    content |= {
        "kind": row.get("kind", "single"),
        "lessons": [f"{course_code}-L{number}" for number in row["lesson"]],
        "options": [
            {"letter": letter, **option, "correct": letter in key} for letter, option in row.get("options", {}).items()
        ],
    }
    return content


def _block(block: dict[str, Any]) -> dict[str, Any]:
    value = {key: part for key, part in block.items() if key != "type"}
    if block["type"] == "heading":
        value["level"] = str(value["level"])
    if block["type"] == "figure":
        found = drawing(block.get("drawing"))
        value.setdefault("labels", found.words if found else [])
    if block["type"] == "check":
        value["options"] = [{"letter": letter, **option} for letter, option in block["options"].items()]
    return value
