"""Whether the files that a lesson names are there, and its captions can be played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courses.captions import fault_in

from .finding import Finding


def files_to_mend(file: str, lesson: dict[str, Any], folder: Path) -> Iterator[Finding]:
    """The files of a lesson's blocks that are missing under `folder`, and captions with a fault."""
    for number, block in enumerate(lesson["blocks"], start=1):
        place = f"blocks[{number}] {block['type']}"
        captions = list(block.get("captions", {}).values())
        for name in [*(block[key] for key in ("file", "poster") if key in block), *captions]:
            if not (folder / name).is_file():
                yield Finding(file, place, "file_missing", {"name": name})
            elif name in captions and (fault := fault_in((folder / name).read_text(encoding="utf-8-sig"))):
                yield Finding(file, place, "captions", {"name": name, "fault": fault})
