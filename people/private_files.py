"""Files that not everybody may read, handed out by views that have asked who reads. None has an address of its own.

The folder is `PUENTE_PRIVATE_DIR`. With `PUENTE_ACCEL_PREFIX` the web server in front sends the file (an internal
location of nginx, `X-Accel-Redirect`); without it Python does.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from .byte_ranges import NoSuchPart, Part, part_asked

SHOWN = {
    ".avif": "image/avif", ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png",
    ".webp": "image/webp", ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".mp4": "video/mp4",
    ".webm": "video/webm", ".vtt": "text/vtt; charset=utf-8",
}  # fmt: skip
"""What is shown within a page. A drawing that may hold a script (SVG) is not among them."""


def private_path(place: str) -> Path:
    """Where a file of the private folder lies, given its place in it.

    Raises:
        FileNotFoundError: there is none, or the place leads out of the folder.
    """
    folder = Path(settings.PUENTE_PRIVATE_DIR).resolve()
    path = (folder / place).resolve()
    if not place or not path.is_relative_to(folder) or not path.is_file():
        raise FileNotFoundError(place)
    return path


def hand_out(place: str, *, name: str) -> HttpResponseBase:
    """The file as a download under `name`. The caller has asked the gate.

    Raises:
        FileNotFoundError: see `private_path`.
    """
    path = private_path(place)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = _accelerated(path, kind) or FileResponse(path.open("rb"), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def show(place: str, *, request: HttpRequest) -> HttpResponseBase:
    """The file within a page, or the part of it that a player asks for (`Range`). The caller has asked the gate.

    Only kinds that no browser runs are shown: see `SHOWN`.

    Raises:
        FileNotFoundError: see `private_path`; or the file is of another kind.
    """
    path = private_path(place)
    kind = SHOWN.get(path.suffix)
    if kind is None:
        raise FileNotFoundError(place)
    response = _accelerated(path, kind) or _in_part(path, kind, request)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _in_part(path: Path, kind: str, request: HttpRequest) -> HttpResponseBase:
    """The file, or 206 with the part that is asked for, or 416. `If-Range` is not understood: it gets the whole."""
    size = path.stat().st_size
    response: HttpResponseBase
    try:
        part = part_asked("" if "If-Range" in request.headers else request.headers.get("Range", ""), size)
    except NoSuchPart:
        response = HttpResponse(status=416, content_type=kind)
        response["Content-Range"] = f"bytes */{size}"
    else:
        start, length = part or (0, size)
        response = FileResponse(Part(path.open("rb"), start, length), content_type=kind, status=206 if part else 200)
        response["Content-Length"] = str(length)
        if part:
            response["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _accelerated(path: Path, kind: str) -> HttpResponseBase | None:
    """The answer that sends the web server to the file; None where Python sends it."""
    if not settings.PUENTE_ACCEL_PREFIX:
        return None
    response = HttpResponse(content_type=kind)
    inside = path.relative_to(Path(settings.PUENTE_PRIVATE_DIR).resolve()).as_posix()
    response["X-Accel-Redirect"] = f"{settings.PUENTE_ACCEL_PREFIX.rstrip('/')}/{quote(inside)}"
    return response
