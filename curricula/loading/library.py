"""Files that blocks of a source file name: brought into the library, captions read as texts; and back into files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from courses.models import GlossaryTerm
from courses.services.library import keep_document, keep_image
from courses.shelf import shelf_path

from .writing import Writing

FILES = {"image": "image", "audio": "medium", "video": "medium", "document": "document"}
"""Types of blocks with a `file`, and what their canonical form calls it."""


def with_files(kind: str, block: dict[str, Any], writing: Writing) -> dict[str, Any]:
    """A block of a source file with rows of the library in the place of names of files, relative to its folder.

    Raises:
        UploadRefused: a file is of a kind that is not taken. GlossaryTerm.DoesNotExist: there is no such term.
    """
    block = dict(block)
    if kind == "term":
        block["term"] = GlossaryTerm.objects.get(en=block["term"])
    if "captions" in block:
        block["captions"] = {
            language: (writing.folder / name).read_text(encoding="utf-8-sig").strip()
            for language, name in block["captions"].items()
        }
    title = block.get("title") or block.get("caption") or {}
    for name, keep in (("file", keep_image if kind == "image" else keep_document), ("poster", keep_image)):
        if name in block and kind in FILES:
            path = writing.folder / block.pop(name)
            block[FILES[kind] if name == "file" else name] = keep(
                path=path, title=title.get("en") or path.stem, by=writing.by
            )
    return block


def with_names(stem: str, block: dict[str, Any]) -> dict[str, Any]:
    """The row of a source file from a canonical block: names of files that begin with `stem` in the place of files of
    the shelf and of captions, the English name in the place of a term."""
    kind, row = block["type"], dict(block)
    if kind == "term" and "term" in row:
        row["term"] = row["term"]["name"]["en"]
    if kind in FILES and FILES[kind] in row:
        row["file"] = _name(stem, row.pop(FILES[kind]))
    if "poster" in row:
        row["poster"] = _name(f"{stem}-poster", row["poster"])
    if "captions" in row:
        row["captions"] = {language: f"{stem}.{language}.vtt" for language in row["captions"]}
    return row


def files_of(stem: str, block: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files that `with_names` names, with their bytes."""
    for part, name in ((FILES.get(block["type"], ""), stem), ("poster", f"{stem}-poster")):
        if part in block:
            yield _name(name, block[part]), shelf_path(block[part]["file"]).read_bytes()
    for language, text in block.get("captions", {}).items():
        yield f"{stem}.{language}.vtt", f"{text}\n".encode()


def _name(stem: str, kept: dict[str, Any]) -> str:
    return f"{stem}{PurePath(kept['file']).suffix}"
