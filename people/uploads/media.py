"""Sound and film: told from other files by their bytes, and read as far as their length."""

from __future__ import annotations

import struct
from typing import IO, BinaryIO, cast

from tinytag import TinyTag, TinyTagException

from .kinds import Kind
from .refusals import UploadRefused

SOUND_ENDINGS = frozenset({"mp3", "m4a", "ogg"})
FILM_ENDINGS = frozenset({"mp4", "webm"})
MEDIA_ENDINGS = SOUND_ENDINGS | FILM_ENDINGS
LONGEST_SECONDS = 24 * 60 * 60
_WEBM_HEAD = 64 * 1024
_DURATION, _TIMESTAMP_SCALE = b"\x44\x89", b"\x2a\xd7\xb1"


def seconds_of(file: IO[bytes], ending: str) -> int | None:
    """How long a medium is, in whole seconds and at least one; None when its file does not say it.

    Reads from the beginning of an open file and leaves it anywhere.

    Raises:
        ValueError: it is no medium of this kind.
    """
    file.seek(0)
    if ending == "webm":
        return _whole(_webm_seconds(file.read(_WEBM_HEAD)))
    try:
        tag = TinyTag.get(file_obj=cast("BinaryIO", file), tags=False)
    except TinyTagException as error:
        raise ValueError(str(error)) from None
    return _whole(tag.duration)


def require_playable(file: IO[bytes], kind: Kind) -> None:
    """Let a medium pass whose structure can be read. A WebM that was recorded in a browser does not say its length;
    every other kind does."""
    try:
        seconds = seconds_of(file, kind.value)
    except Exception:  # noqa: BLE001 (a parser of untrusted bytes fails in many ways; each means the same)
        raise UploadRefused("broken") from None
    if seconds is None and kind is not Kind.WEBM:
        raise UploadRefused("broken")


def _whole(seconds: float | None) -> int | None:
    return max(1, round(seconds)) if seconds and 0 < seconds < LONGEST_SECONDS else None


def _webm_seconds(head: bytes) -> float | None:
    """The `Duration` of the segment, in units of its `TimestampScale` (nanoseconds; a million unless it says more)."""
    if b"webm" not in head[:64]:
        raise ValueError("no WebM")
    value = _element(head, _DURATION)
    if len(value) not in {4, 8}:
        return None
    duration = struct.unpack(">f" if len(value) == 4 else ">d", value)[0]
    scale = int.from_bytes(_element(head, _TIMESTAMP_SCALE)) or 1_000_000
    return float(duration) * scale / 1e9


def _element(head: bytes, name: bytes) -> bytes:
    """The value of the first element of this name with a size of one byte; empty when there is none."""
    place = head.find(name)
    if place < 0 or place + len(name) >= len(head):
        return b""
    size = head[place + len(name)] & 0x7F
    return head[place + len(name) + 1 :][:size]
