"""The one form in which a source file is written: which key comes first, how texts and lists look.

A file that was written once and loaded is written again with the same bytes, so that a comparison of two files shows
what people changed and nothing else.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

from .sources import read_glossary, read_yaml

KEYS = (
    "type", "code", "course", "slug", "kind", "purpose", "tag", "reference", "year", "position", "number",
    "level", "id", "letter", "participant", "owner", "name_en", "name_es", "country_en", "country_es",
    "title_en", "title_es", "description_en", "description_es", "signed_on", "tone", "difficulty", "outcome",
    "category", "count", "parent", "name", "lesson", "tags", "title", "caption", "description", "instructions",
    "intro", "materials", "safety", "en", "es", "critical", "correct", "feedback", "hours", "modes", "minutes",
    "items_drawn", "items_per_page", "time_limit_minutes", "attempts_allowed", "pass_percent", "confirmed",
    "draws", "goals", "prerequisites", "outcomes", "lessons", "exercises", "required_exercises",
    "pre_assessment", "quizzes", "items", "scenario", "stem", "image", "drawing", "file", "poster", "captions",
    "alt", "shows_text", "brief", "credit", "transcript", "ordered", "entries", "term", "source", "labels",
    "header", "rows", "steps", "situation", "reasoning", "result", "opening", "start", "nodes", "text", "to",
    "consequence", "choices", "debrief", "us", "mx", "label", "left", "right", "answer", "tolerance",
    "accepted", "options", "key", "pairs", "distractors", "gaps", "regions", "points", "rationale",
    "teaching_points", "sources", "blocks", "catalog", "participants", "agencies", "instruments",
    "working_groups", "item_categories", "curricula", "courses",
)  # fmt: skip
"""Keys in the order of writing, wherever they stand. A key that is not named comes after them, by the alphabet."""

GLOSSARY = ("en", "es", "domain", "definition_en", "definition_es", "note_en", "note_es")
WIDTH = 120
OWNED = ("courses", "lessons", "items", "exercises")
"""Folders in which every file is read by a load and written by an export."""
PATTERNS = ("foundation.yaml", *(f"{folder}/*.yaml" for folder in OWNED))
_PLACES = {key: place for place, key in enumerate(KEYS)}


def yaml_text(value: Any) -> str:
    """A value as a source file holds it: keys in their order, paragraphs as blocks, lists of single words in a line."""
    written: str = yaml.dump(
        _ordered(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=WIDTH
    )
    return written


def glossary_text(rows: Iterable[Mapping[str, str]]) -> str:
    """The glossary as comma-separated values: by domain, then by the English term."""
    text = StringIO()
    writer = csv.DictWriter(text, GLOSSARY, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: (row["domain"], row["en"])))
    return text.getvalue()


def files_in_form(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Each source file that there is: its path, its text as it is and as it shall be written."""
    for path in sorted(path for pattern in PATTERNS for path in folder.glob(pattern)):
        yield path, path.read_text(encoding="utf-8"), yaml_text(read_yaml(path))
    for path in folder.glob("glossary.csv"):
        yield path, path.read_text(encoding="utf-8"), glossary_text(read_glossary(path))


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: (_PLACES.get(key, len(KEYS)), str(key)))
        return {key: _ordered(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_ordered(part) for part in value]
    return value


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Without anchors; paragraphs as literal blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _list(dumper: Any, parts: list[Any]) -> Any:
    in_a_line = all(isinstance(part, int | str | dt.date) and len(str(part)) < 30 for part in parts)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", parts, flow_style=in_a_line)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
