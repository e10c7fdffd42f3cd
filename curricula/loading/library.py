"""Files that blocks of a source file name: brought into the library, captions read as texts."""

from __future__ import annotations

from typing import Any

from courses.models import GlossaryTerm
from courses.services.library import keep_document, keep_image

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
