"""Texts to be rendered as a PO file, which every translation program reads. Plain values in, plain values out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

import polib

MARK = re.compile(r"puente:([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text. `mark` names the rendering that stood when the file was made; `is_open` asks for work still."""

    code: str
    path: str
    source: str
    target: str
    mark: str
    is_open: bool = True
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PoFile:
    """A file that was read: the language that was rendered from, the one rendered into, and the texts."""

    source: str
    target: str
    entries: list[Entry]


class PoUnreadable(ValueError):
    """Not a PO file that was exported here: `syntax` or `languages`."""


def mark_of(text: str) -> str:
    """The short hash by which a text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def written(entries: Iterable[Entry], *, source: str, target: str) -> bytes:
    """The file. What has a rendering already is marked as fuzzy: it needs another look."""
    file = polib.POFile(wrapwidth=100)
    file.metadata = {
        "Project-Id-Version": "Puente",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": target,
        "X-Source-Language": source,
    }
    for entry in entries:
        file.append(
            polib.POEntry(
                msgctxt=f"{entry.code} {entry.path}",
                msgid=entry.source,
                msgstr=entry.target,
                comment="\n".join([*entry.comments, f"puente:{entry.mark}"]),
                flags=["fuzzy"] if entry.target else [],
            )
        )
    return str(file).encode()


def read(data: bytes) -> PoFile:
    """The entries of a file that came back.

    Raises:
        PoUnreadable.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        file = polib.pofile(f"#\n{text}")  # with a line end in it, polib takes it for the content and never for a path
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise PoUnreadable("syntax") from error
    source, target = file.metadata.get("X-Source-Language", ""), file.metadata.get("Language", "")[:2]
    if {source, target} != {"en", "es"}:
        raise PoUnreadable("languages")
    return PoFile(source, target, [_entry(each) for each in file if not each.obsolete])


def _entry(each: polib.POEntry) -> Entry:
    code, _, path = (each.msgctxt or "").partition(" ")
    mark = MARK.search(each.comment or "")
    return Entry(code, path, each.msgid, each.msgstr.strip(), mark[1] if mark else "", "fuzzy" in each.flags)
