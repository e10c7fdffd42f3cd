"""Whether both languages are there: a state of each pair of texts, not of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def missing_texts(content: Any) -> list[str]:
    """Paths, such as `lessons[2].blocks[4].title.es`, of texts that exist in one language only."""
    return list(_missing(content, ""))


def _missing(part: Any, path: str) -> Iterator[str]:
    if isinstance(part, dict):
        present = {language for language in ("en", "es") if part.get(language)}
        if len(present) == 1:
            yield f"{path}.{({'en', 'es'} - present).pop()}".lstrip(".")
        for key, value in part.items():
            yield from _missing(value, f"{path}.{key}")
    elif isinstance(part, list):
        for number, value in enumerate(part, start=1):
            yield from _missing(value, f"{path}[{number}]")
