"""Pictures of frozen content: kept under the SHA-256 of their bytes, so that what was approved is what is shown.

A picture that is replaced in the library is another file; the one of an approved edition stays on its shelf.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.images.models import AbstractImage

SHELF = "frozen"
"""The folder below the media folder; `lms.media` hands out what lies in it."""


def picture_content(image: AbstractImage) -> dict[str, Any]:
    """The canonical form of a picture without its words: file name on the shelf, size in pixels. Puts it there."""
    return {
        "file": _kept(image.file.name, image.file_hash, image.file_size),
        "width": image.width,
        "height": image.height,
    }


def picture_address(file: str) -> str:
    """The address of a picture of frozen content."""
    return str(default_storage.url(f"{SHELF}/{file}"))


@lru_cache(maxsize=512)
def _kept(name: str, _file_hash: str, _file_size: int | None) -> str:
    with default_storage.open(name) as file:
        data = file.read()
    kept = f"{hashlib.sha256(data).hexdigest()}{PurePath(name).suffix.lower()}"
    if not default_storage.exists(f"{SHELF}/{kept}"):
        default_storage.save(f"{SHELF}/{kept}", ContentFile(data))
    return kept
