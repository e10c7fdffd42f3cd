"""The drawings that lie in the folder `figures` of the sources, by name; read once a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from people.bilingual import choose

from .faults import drawing_faults

FOLDER = "figures"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its name for authors, its height and lines, the words of its labels `{en, es}` in reading order."""

    title: dict[str, str]
    height: float
    shapes: list[str]
    labels: dict[str, dict[str, str]]

    @property
    def words(self) -> list[dict[str, str]]:
        """The labels as the block of a figure holds them: `[{id, en, es}]`."""
        return [{"id": label, **words} for label, words in self.labels.items()]


def read_drawings(folder: Path) -> dict[str, Drawing]:
    """The drawings of a folder of sources by their names, which are those of the files."""
    paths = sorted((folder / FOLDER).glob("*.yaml"))
    return {path.stem: Drawing(**yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths}


def sound_drawings(known: Mapping[str, Drawing]) -> dict[str, Drawing]:
    """Those whose lines can be drawn and whose labels all have words."""
    return {
        name: each for name, each in known.items() if not any(drawing_faults(each.shapes, each.height, each.labels))
    }


def drawing(name: str | None) -> Drawing | None:
    """The drawing of that name, if there is one."""
    return _drawings(Path(settings.PUENTE_CONTENT_DIR)).get(name or "")


def drawing_choices() -> list[tuple[str, str]]:
    """The drawings to choose from, in the reader's language."""
    known = _drawings(Path(settings.PUENTE_CONTENT_DIR))
    return sorted(((name, choose(each.title)) for name, each in known.items()), key=lambda choice: choice[1])


def frozen_figure(block: dict[str, Any], known: Mapping[str, Drawing] | None = None) -> dict[str, Any]:
    """The canonical form of a figure: the lines of its drawing stand in it, so it stays what was approved.

    A drawing that no longer exists leaves its name, and `faults` says so before the course is proposed.
    """
    name = block.get("drawing")
    found = drawing(name) if known is None else known.get(name or "")
    if not found:
        return {**block, "drawing": {"name": name}} if name else block
    said = {label["id"]: label for label in block.get("labels", [])}
    return {
        **block,
        "drawing": {"name": name, "height": found.height, "shapes": found.shapes},
        "labels": [said.get(label["id"], label) for label in found.words],
    }


@lru_cache(maxsize=8)
def _drawings(folder: Path) -> dict[str, Drawing]:
    return sound_drawings(read_drawings(folder))
