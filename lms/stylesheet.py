"""One stylesheet for browsers, many readable files for people: joins `static/puente/css/` in order; no build step.

The joined file lies under `PUENTE_VAR_DIR` with its compressed forms beside it, where WhiteNoise looks for them.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import FileSystemStorage

SOURCE = Path(__file__).parent / "static" / "puente" / "css"
NAME = "puente/puente.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def joined_stylesheet(source: Path = SOURCE) -> str:
    """All files of the folder in the order of their names, without comments and indentation."""
    texts = (file.read_text(encoding="utf-8") for file in sorted(source.glob("*.css")))
    lines = (line.strip() for text in texts for line in COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


class StylesheetFinder(BaseFinder):
    """Finds `puente/puente.css`, joined anew whenever one of its files is younger."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.folder = Path(settings.PUENTE_VAR_DIR) / "stylesheet"
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        joined = str(self._join())
        return [joined] if find_all else joined

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """The stylesheet; its compressed forms too where WhiteNoise serves from finders, without `collectstatic`."""
        self._join()
        storage = FileSystemStorage(location=self.folder)
        endings = ("", ".br", ".gz") if getattr(settings, "WHITENOISE_USE_FINDERS", False) else ("",)
        for ending in endings:
            yield NAME + ending, storage

    def _join(self) -> Path:
        target = self.folder / NAME
        youngest = max(file.stat().st_mtime for file in [SOURCE, *SOURCE.glob("*.css")])
        if not target.exists() or target.stat().st_mtime < youngest:
            target.parent.mkdir(parents=True, exist_ok=True)
            data = joined_stylesheet().encode()
            _replace(target.with_name(target.name + ".gz"), gzip.compress(data, 9, mtime=0))
            _replace(target.with_name(target.name + ".br"), brotli.compress(data))
            _replace(target, data)
        return target


class StampedStaticFilesStorage(StaticFilesStorage):
    """Addresses that change with the file (`?v=1f3a…`), so that browsers keep what they have without asking."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        address = str(super().url(name, *args, **kwargs))
        stamp = (_stamp.__wrapped__ if settings.DEBUG else _stamp)(name or "")
        return f"{address}?v={stamp}" if stamp else address


@cache
def _stamp(name: str) -> str:
    found = finders.find(name)
    return (
        hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10]
        if isinstance(found, str) and Path(found).is_file()
        else ""
    )


def _replace(target: Path, data: bytes) -> None:
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(target)
