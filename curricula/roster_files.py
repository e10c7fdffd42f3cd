"""Roster files in the private folder: kept under their hash between the dry run and its application, and no longer than
the Participant's retention rule allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from people.erasing import names_any
from people.models import Participant
from people.retaining import Expired

ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")


def folder() -> Path:
    """Where roster files lie."""
    return Path(settings.PUENTE_PRIVATE_DIR) / "rosters"


def path_of(sha256: str, participant_id: int | None) -> Path:
    """Where the file of that hash lies: one shelf for each Participant, so that the other side's hash finds nothing."""
    return folder() / str(participant_id or 0) / f"{sha256}.csv"


def is_kept(sha256: str) -> bool:
    """Whether the file of a roster is still there, on whatever shelf."""
    return any(folder().glob(f"*/{sha256}.csv"))


def files_naming(identifiers: Iterable[str]) -> list[Path]:
    """Files that name a person in any encoding in which a roster is read."""
    wanted = list(identifiers)
    return [path for path in _files() if _names(path.read_bytes(), wanted)]


def _names(data: bytes, identifiers: list[str]) -> bool:
    return any(names_any(data.decode(encoding, errors="ignore"), identifiers) for encoding in ENCODINGS)


def old_files(participant: Participant, before: dt.datetime) -> Iterator[Expired]:
    """Files of the Participant's shelf from before a moment, the oldest first."""
    shelf = folder() / str(participant.pk)
    for modified, path in sorted((path.stat().st_mtime, path) for path in shelf.glob("*") if path.is_file()):
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
    return (path for path in folder().rglob("*") if path.is_file())
