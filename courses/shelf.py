"""Files of frozen content: kept under the SHA-256 of their bytes, so that what was approved is what is shown.

They lie in the private folder and are read only. A picture, a document or a medium that is replaced in the library is
another file; the one of an approved edition stays on its shelf.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import ExifTags, Image
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage

from people.uploads.media import MEDIA_ENDINGS, seconds_of

SHELF = "content"
"""The folder below the private folder."""

READ_ONLY = 0o440


def picture_content(image: AbstractImage) -> dict[str, Any]:
    """The canonical form of a picture without its words: file name on the shelf, size in pixels as it is shown. Puts it
    there."""
    name = kept(image)
    width, height = (image.height, image.width) if _is_turned(name) else (image.width, image.height)
    return {"file": name, "width": width, "height": height}


def document_content(document: AbstractDocument) -> dict[str, Any]:
    """The canonical form of a document or a medium: file name on the shelf, bytes; seconds of a medium, when its file
    says them. Puts it there."""
    name = kept(document)
    content = {"file": name, "bytes": shelf_path(name).stat().st_size}
    if PurePath(name).suffix.removeprefix(".") in MEDIA_ENDINGS and (seconds := _seconds(name)):
        content["seconds"] = seconds
    return content


def kept(thing: AbstractImage | AbstractDocument) -> str:
    """The name of the file of a picture or a document on the shelf, where it lies from now on."""
    return _kept(thing.file.name, thing.file_hash, thing.file_size)


def captions_name(text: str) -> str:
    """The name of the file of captions."""
    return f"{hashlib.sha256(text.encode()).hexdigest()}.vtt"


def keep_captions(text: str) -> None:
    """Put captions on the shelf as a file of their own, which players ask for."""
    name = captions_name(text)
    if not shelf_path(name).exists():
        with written(name) as path:
            path.write_text(text, encoding="utf-8", newline="\n")


def shelf_path(name: str) -> Path:
    """Where a file of the shelf lies, or would lie. `name` is a plain file name."""
    return Path(settings.PUENTE_PRIVATE_DIR) / SHELF / name


def library_address(name: str) -> str:
    """The address of a file of the shelf for those who read curricula before they are published, and of the picture of
    a question for whoever learns; `lms.media` asks who reads."""
    return f"{settings.MEDIA_URL}frozen/{name}"


def files_in(part: Any) -> Iterator[str]:
    """The names on the shelf of all files that a part of canonical content holds, in reading order."""
    if isinstance(part, dict):
        if isinstance(part.get("file"), str):
            yield part["file"]
        if captions := part.get("captions"):
            yield from (captions_name(text) for text in captions.values())
        for value in part.values():
            yield from files_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from files_in(value)


@contextmanager
def written(name: str) -> Iterator[Path]:
    """A path to write to; when the block ends well the file takes its place on the shelf at once, read only."""
    place = shelf_path(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    path = place.with_name(f".{secrets.token_hex(8)}{place.suffix}")
    try:
        yield path
        path.chmod(READ_ONLY)
        path.replace(place)
    finally:
        path.unlink(missing_ok=True)


@lru_cache(maxsize=512)
def _name_of(stored: str, _file_hash: str, _file_size: int | None) -> str:
    digest = hashlib.sha256()
    with default_storage.open(stored) as file:
        for block in file.chunks():
            digest.update(block)
    return f"{digest.hexdigest()}{PurePath(stored).suffix.lower()}"


def _kept(stored: str, file_hash: str, file_size: int | None) -> str:
    name = _name_of(stored, file_hash, file_size)
    if not shelf_path(name).exists():
        with default_storage.open(stored) as file, written(name) as path, path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
    return name


@lru_cache(maxsize=512)
def _is_turned(name: str) -> bool:
    """Whether a camera wrote the picture lying on its side, to be turned by whoever shows it."""
    with Image.open(shelf_path(name)) as picture:
        return picture.getexif().get(ExifTags.Base.Orientation, 1) in range(5, 9)


@lru_cache(maxsize=512)
def _seconds(name: str) -> int | None:
    with shelf_path(name).open("rb") as file:
        return seconds_of(file, PurePath(name).suffix.removeprefix("."))
