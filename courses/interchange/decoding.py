"""From bytes to text, and which format the text is in."""

from __future__ import annotations

import re

from .questions import FileRefused

MOST_BYTES = 10 * 1024 * 1024
BINARY_BEGINNINGS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"GIF8")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_READ = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "windows-1252": "cp1252", "iso-8859-1": "cp1252"}
_AIKEN = re.compile(r"^\s*ANSWER\s*:\s*[A-Z]\s*$", re.MULTILINE)


def decoded(data: bytes) -> str:
    """The text, with `\\n` between lines: UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises:
        FileRefused: too large, empty, not text, or in another encoding (with the place of the byte, from 1).
    """
    if len(data) > MOST_BYTES:
        raise FileRefused("too_large", megabytes=MOST_BYTES // 1024 // 1024)
    text = _text(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise FileRefused("empty")
    if found := _CONTROL.search(text):
        raise FileRefused("binary", place=found.start() + 1)
    return text


def _text(data: bytes) -> str:
    if data.startswith(BINARY_BEGINNINGS):
        raise FileRefused("binary", place=1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    if b"\x00" in data:
        raise FileRefused("binary", place=data.index(b"\x00") + 1)
    if data.startswith(b"\xef\xbb\xbf"):
        return _strictly(data, "utf-8-sig")
    if declared := _DECLARED.match(data):
        name = declared[1].decode("ascii")
        if name.lower() not in _READ:
            raise FileRefused("unknown_encoding", encoding=name)
        return _strictly(data, _READ[name.lower()])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "cp1252")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise FileRefused("encoding", encoding=encoding.upper().removesuffix("-SIG"), place=fault.start + 1) from None


def format_of(text: str) -> str:
    """`moodle_xml`, `aiken` or `gift`.

    Raises:
        FileRefused: it looks like none of them.
    """
    if text.lstrip().startswith("<"):
        return "moodle_xml"
    if _AIKEN.search(text):
        return "aiken"
    if "{" in text:
        return "gift"
    raise FileRefused("unknown_format")
