"""Roster files in the private folder: kept under their hash between the dry run and its application, and no longer than
the Participant's retention rule allows."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from people.erasing import names_any
from people.models import Participant
from people.retaining import Expired

from .roster.errors import UnreadableRoster
from .roster.sheets import ARCHIVE, read_sheet

ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
ENDINGS = (".csv", ".xlsx")


def folder() -> Path:
    """Where roster files lie."""
    return Path(settings.PUENTE_PRIVATE_DIR) / "rosters"


def memories() -> Path:
    """Where lies what an undoing needs."""
    return Path(settings.PUENTE_PRIVATE_DIR) / "rosters-before"


def keep(data: bytes, participant_id: int | None) -> str:
    """Keep a roster under its hash, so that what is applied is what was shown; the hash. One shelf for each
    Participant, so that the other side's hash finds nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    ending = ENDINGS[data.startswith(ARCHIVE)]
    write_whole(folder() / str(participant_id or 0) / f"{sha256}{ending}", data)
    return sha256


def kept(sha256: str, participant_id: int | None) -> Path | None:
    """Where the file of that hash lies on a Participant's shelf, if it does."""
    shelf = folder() / str(participant_id or 0)
    return next((path for ending in ENDINGS if (path := shelf / f"{sha256}{ending}").exists()), None)


def is_kept(sha256: str) -> bool:
    """Whether the file of a roster is still there, on whatever shelf."""
    return any(path.suffix in ENDINGS for path in folder().glob(f"*/{sha256}.*"))


def memory_of(import_id: int, at: dt.datetime, participant_id: int | None = None) -> Path:
    """Where lies how it was before an import of that moment: on the shelf of a Participant, or wherever it is."""
    name = f"{import_id}-{at:%Y%m%dT%H%M%S%f}.json"
    if participant_id is None:
        return next(memories().glob(f"*/{name}"), memories() / "0" / name)
    return memories() / str(participant_id) / name


def write_whole(path: Path, data: bytes) -> None:
    """The file is complete under its name or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)


def files_naming(identifiers: Iterable[str]) -> list[Path]:
    """Files that name a person in any encoding in which a roster is read."""
    wanted = list(identifiers)
    return [path for path in _files() if _names(path.read_bytes(), wanted)]


def _names(data: bytes, identifiers: list[str]) -> bool:
    if data.startswith(ARCHIVE):
        return _workbook_names(data, identifiers)
    return any(names_any(data.decode(encoding, errors="ignore"), identifiers) for encoding in ENCODINGS)


def _workbook_names(data: bytes, identifiers: list[str]) -> bool:
    """One that cannot be read counts as naming everybody: nobody could tell."""
    try:
        sheet = read_sheet(data)
    except UnreadableRoster:
        return True
    return names_any("\n".join(" ".join(cells) for _number, cells in sheet.lines), identifiers)


def old_files(participant: Participant, before: dt.datetime) -> Iterator[Expired]:
    """Files of the Participant's shelf from before a moment, the oldest first."""
    shelves = [root / str(participant.pk) for root in (folder(), memories())]
    files = (path for shelf in shelves for path in shelf.glob("*") if path.is_file())
    for modified, path in sorted((path.stat().st_mtime, path) for path in files):
        at = dt.datetime.fromtimestamp(modified, dt.UTC)
        if at < before:
            yield Expired(at, path)


def remove_files(paths: Sequence[Any]) -> int:
    """Delete files; one that is gone already counts as well."""
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def _files() -> Iterator[Path]:
    """Everything there, drafts that a crash left behind included."""
    return (path for root in (folder(), memories()) for path in root.rglob("*") if path.is_file())
