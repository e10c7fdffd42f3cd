"""One stylesheet for browsers, many readable files for people: joins `static/puente/css/` in order, without a build step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(__file__).parent / "static" / "puente" / "css"
NAME = "puente/puente.css"


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

    def list(self, ignore_patterns: Any) -> Any:
        self._join()
        yield NAME, FileSystemStorage(location=self.folder)

    def _join(self) -> Path:
        target = self.folder / NAME
        files = sorted(SOURCE.glob("*.css"))
        if not target.exists() or target.stat().st_mtime < max(file.stat().st_mtime for file in files):
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".draft")
            draft.write_text("\n".join(file.read_text(encoding="utf-8") for file in files), encoding="utf-8")
            draft.replace(target)
        return target
