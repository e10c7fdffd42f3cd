"""Files of questions in the private folder, from the dry run to its application: one shelf a person, at most a day."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from django.conf import settings

KEPT_SECONDS = 24 * 60 * 60


def path_of(sha256: str, person_id: int) -> Path:
    """Where the file of that hash lies; another person's hash finds nothing."""
    return Path(settings.PUENTE_PRIVATE_DIR) / "questions" / str(person_id) / f"{sha256}.txt"


def keep(data: bytes, person_id: int) -> str:
    """Keep the file and give its SHA-256, so that what is applied is what was shown. Old files go."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256, person_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.parent.glob("*/*"):
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)
    return sha256
