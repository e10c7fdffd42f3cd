"""A part of a file: players ask for it, so that a film is not loaded whole nor from its beginning (RFC 9110)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


def part_of(path: Path, kind: str, request: HttpRequest) -> HttpResponseBase:
    """The file, or what `Range` asks of it: 206 with the part, 416 when the file has no such part.

    Several parts at once, units other than bytes and `If-Range` are not understood: the whole file is a right answer.
    """
    size = path.stat().st_size
    asked = None if "If-Range" in request.headers else _RANGE.match(request.headers.get("Range", ""))
    response: HttpResponseBase
    if asked is None or not any(asked.groups()):
        response = FileResponse(path.open("rb"), content_type=kind)
    elif part := _part(asked[1], asked[2], size):
        start, length = part
        response = FileResponse(_Part(path.open("rb"), start, length), content_type=kind, status=206)
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
        response["Content-Length"] = str(length)
    else:
        response = HttpResponse(status=416, content_type=kind)
        response["Content-Range"] = f"bytes */{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _part(first: str, last: str, size: int) -> tuple[int, int] | None:
    """Beginning and length of what is asked: from `first` to `last`, or the `last` bytes when `first` is open."""
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    return (start, end - start + 1) if start <= end else None


class _Part:
    """So many bytes of an open file from a place on; closes the file."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        file.seek(start)
        self._file, self._left = file, length

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()
