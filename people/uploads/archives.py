"""ZIP archives and office documents, which are archives too: bounded before a byte is unpacked, and without macros."""

from __future__ import annotations

import io
import re
import zipfile

from django.template.defaultfilters import filesizeformat

from .refusals import UploadRefused

MOST_ENTRIES = 5000
MOST_RATIO = 200
"""How many times larger than its packed size an archive may say to be: XML shrinks to a fiftieth, a bomb to a
thousandth."""
_ENCRYPTED = 0x1
_ACTIVE = re.compile(
    r"(^|/)vbaProject\.bin$|\.(exe|dll|js|vbs|bat|cmd|ps1|jar|scr|lnk|hta)$|/embeddings/.*\.bin$|/activeX/|^(Basic|Scripts)/",
    re.IGNORECASE,
)
_BLOCK = 1024 * 1024


def require_harmless(data: bytes, *, most_bytes: int) -> None:
    """Let an archive pass that unpacks to at most `most_bytes`, as counted while unpacking and not as it says, holds
    no macros, programs or embedded objects, no password and no path that leads outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            said = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_ENTRIES or said > most_bytes or said > MOST_RATIO * max(len(data), 1):
                raise _unpacks(most_bytes)
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise UploadRefused("encrypted")
            _require_passive(entries)
            _unpack(archive, entries, most_bytes)
    except UploadRefused:
        raise
    except Exception:  # noqa: BLE001 (a reader of untrusted bytes fails in many ways; each means the same)
        raise UploadRefused("broken") from None


def _require_passive(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if _ACTIVE.search(entry.filename):
            raise UploadRefused("active", found=entry.filename[-40:])
        if entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename):
            raise UploadRefused("broken")


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], most_bytes: int) -> None:
    left = most_bytes
    for entry in entries:
        with archive.open(entry) as file:
            while block := file.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise _unpacks(most_bytes)


def _unpacks(most: int) -> UploadRefused:
    return UploadRefused("unpacks", most=filesizeformat(most))
