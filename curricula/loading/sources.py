"""The rows of source files and the canonical form (`docs/content.md`): each reading beside its writing.

Plain values in, plain values out.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from courses.figures.library import drawing

DECLARATION = "declaration-2009"
"""The instrument of a goal that names none."""

ITEM_KEYS = (
    "code", "kind", "level", "stem", "rationale", "difficulty", "outcome", "category", "scenario", "number", "pairs",
    "distractors", "gaps", "image", "regions",
)  # fmt: skip
"""What a source file says of an item as its canonical form does."""

QUIZ_RULES = ("items_drawn", "items_per_page", "time_limit_minutes", "attempts_allowed", "pass_percent")
EXERCISE_FACTS = ("minutes", "pass_percent", "confirmed")

BANK = "bank"
"""The file of items whose code begins with that of no course."""


def read_yaml(path: Path) -> Any:
    """The value of a YAML file."""
    with path.open(encoding="utf-8") as file:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.load(file, Loader=loader)  # noqa: S506 (both loaders are safe; one is in C)


def read_glossary(path: Path) -> list[dict[str, str]]:
    """One dictionary a term."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_lessons(folder: Path, course: dict[str, Any]) -> list[dict[str, Any]]:
    """The lessons that a course names, in its order."""
    return [read_yaml(folder / "lessons" / f"{code}.yaml") for code in course["lessons"]]


def read_exercises(folder: Path) -> list[dict[str, Any]]:
    """All practical exercises, by the names of their files."""
    return [read_yaml(path) for path in sorted((folder / "exercises").glob("*.yaml"))]


def read_items(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of the items of a course, or of the bank; none when there is no such file."""
    path = folder / "items" / f"{name}.yaml"
    return read_yaml(path) if path.exists() else []


def goal_of(name: str) -> tuple[str, int]:
    """The instrument and the number of the goal `G2`, or `another-instrument:G2`."""
    instrument, _, code = name.rpartition(":")
    return instrument or DECLARATION, int(code.removeprefix("G"))


def goal_name(instrument: str, number: int) -> str:
    return f"G{number}" if instrument == DECLARATION else f"{instrument}:G{number}"


def quizzes_of(course: dict[str, Any], items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The quizzes of a course. One that names none has a final quiz of all that stand not before it."""
    if "quizzes" in course:
        quizzes: list[dict[str, Any]] = course["quizzes"]
        return quizzes
    codes = [item["code"] for item in items if item["code"] not in course.get("pre_assessment", [])]
    final = {
        "code": f"{course['code']}-Q",
        "slug": "quiz",
        "title": {"en": "Final quiz", "es": "Evaluación final"},
        "instructions": {"en": "Questions from the lessons.", "es": "Preguntas de las lecciones."},
        "items_drawn": min(10, len(codes)),
        "items_per_page": 1,
        "time_limit_minutes": 45,
        "attempts_allowed": 3,
        "pass_percent": 70,
        "items": codes,
    }
    return [final]


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

    def rows(self, sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows of a lesson file from the sources of its draft: without what is known of all."""
        known = {"consulted_on": self.consulted_on}
        return [
            {
                k: v
                for k, v in row.items()
                if v not in (None, "") and (known | self.kinds.get(row["tag"], {})).get(k) != v
            }
            for row in sources
        ]


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


def blocks_of(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of a lesson file from their canonical form."""
    return [_row_of_block(block) for block in content]


def steps_of(rows: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """The steps of an exercise file as a stream's values."""
    return [("step", {"critical": False, **row}) for row in rows]


def rows_of_steps(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of an exercise file from their canonical form."""
    return [{k: v for k, v in step.items() if k != "type" and v is not False} for step in content]


def item_of(course_code: str, row: dict[str, Any]) -> dict[str, Any]:
    """The canonical form of an item from its row in a source file."""
    given = row.get("key", [])
    key = [given] if isinstance(given, str) else given
    content = {"kind": "single"} | {name: row[name] for name in ITEM_KEYS if name in row}
    content |= {
        "lessons": [f"{course_code}-L{name}" if isinstance(name, int) else name for name in row["lesson"]],
        "options": [
            {"letter": letter, **option, "correct": letter in key} for letter, option in row.get("options", {}).items()
        ],
    }
    return content


def row_of_item(course_code: str, content: dict[str, Any]) -> dict[str, Any]:
    """The row of an item in a source file from its canonical form; a picture keeps only its words."""
    row = {name: content[name] for name in ITEM_KEYS if name in content}
    own = re.compile(rf"{re.escape(course_code)}-L([1-9]\d*)")
    names = [(own.fullmatch(code), code) for code in content["lessons"]]
    row["lesson"] = [int(match[1]) if match else code for match, code in names]
    if options := content.get("options"):
        apart = {"letter", "correct"}
        row["options"] = {o["letter"]: {k: v for k, v in o.items() if k not in apart} for o in options}
        key = [option["letter"] for option in options if option.get("correct")]
        if content["kind"] != "ordering":
            row["key"] = key[0] if content["kind"] == "single" and len(key) == 1 else key
    if number := content.get("number"):
        row["number"] = {name: f"{Decimal(value).normalize():f}" for name, value in number.items()}
    if image := content.get("image"):
        row["image"] = {name: image[name] for name in ("alt", "shows_text", "text") if name in image}
    return row


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


def _row_of_block(block: dict[str, Any]) -> dict[str, Any]:
    row = dict(block)
    if block["type"] == "heading":
        row["level"] = int(block["level"])
    if block["type"] == "figure" and "drawing" in block:
        row["drawing"] = block["drawing"]["name"]
        found = drawing(row["drawing"])
        if found and found.words == block.get("labels"):
            del row["labels"]
    if block["type"] == "check":
        row["options"] = {o["letter"]: {k: v for k, v in o.items() if k != "letter"} for o in block.get("options", [])}
    if block["type"] == "scenario":
        row["nodes"] = [{**node, "choices": node.get("choices", [])} for node in block.get("nodes", [])]
    return row
