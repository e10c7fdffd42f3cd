"""Plain text and CSV."""

from __future__ import annotations

import re

from .refusals import UploadRefused

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")


def require_lines(data: bytes, *, most_characters: int, allow_control: bool) -> None:
    """Let text pass whose lines are no longer than a row of a table; control characters
    only where its reader tells them by row."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        read = data.decode("utf-16", errors="replace")
    else:
        try:
            read = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            read = data.decode("cp1252", errors="replace")
    for number, line in enumerate(read.splitlines(), start=1):
        if len(line) > most_characters:
            raise UploadRefused("long_line", row=number, most=most_characters)
    if not allow_control and _CONTROL.search(read):
        raise UploadRefused("unreadable_text")
