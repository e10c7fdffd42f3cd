"""Parts of a file: players ask for them, so that a film is not loaded whole nor from its beginning (RFC 9110)."""

from __future__ import annotations

import re
from typing import IO

_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


class NoSuchPart(ValueError):
    """The file has no such part."""


def part_asked(header: str, size: int) -> tuple[int, int] | None:
    """The first byte and the number of bytes that a `Range` header asks of a file of so many bytes.

    None when the whole file is the answer: without a header, and for several parts at once or other units, which are
    not understood.

    Raises:
        NoSuchPart: it begins behind the end, or ends before it begins.
    """
    asked = _RANGE.match(header)
    if asked is None or not any(asked.groups()):
        return None
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        raise NoSuchPart
    return start, end - start + 1


class Part:
    """So many bytes of an open file from a place on; closing it closes the file."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        file.seek(start)
        self._file, self._left = file, length

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; all that are left without it."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()
