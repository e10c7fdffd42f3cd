"""PDF files: bounded before a parser sees them; those that are kept hold nothing that acts."""

from __future__ import annotations

import io
import re
import zlib

import pikepdf
from django.template.defaultfilters import filesizeformat

from .refusals import UploadRefused

_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
_NAME = re.compile(rb"/[A-Za-z0-9#]{3,40}")
_UNBOUNDED = {b"/LZWDecode", b"/LZW", b"/RunLengthDecode"}
"""Filters whose growth is not counted here; the PDFs of today's programs do without them."""
_ACTIVE = (
    "/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/ImportData",
    "/SubmitForm", "/Sound", "/Movie", "/GoToE",
)  # fmt: skip
_NESTED = 3
_BLOCK = 1024 * 1024
_SIP = 8 * 1024


def require_bounded(data: bytes, *, most_bytes: int) -> None:
    """Let a PDF pass whose compressed streams, streams within streams included, unpack to at most `most_bytes`."""
    named = {re.sub(rb"#([0-9A-Fa-f]{2})", _unescaped, name) for name in _NAME.findall(data)}
    if named & _UNBOUNDED:
        raise UploadRefused("unpacks", most=filesizeformat(most_bytes))
    left, view = most_bytes, memoryview(data)
    for match in _STREAM.finditer(data):
        left -= _unpacked(view[match.end() :], left, _NESTED)
        if left <= 0:
            raise UploadRefused("unpacks", most=filesizeformat(most_bytes))


def require_inactive(data: bytes, *, most_pages: int) -> None:
    """Let a PDF pass that opens, has no password, at most `most_pages`, and no scripts, embedded files or actions
    that start programs or send forms."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
            if pages > most_pages:
                raise UploadRefused("too_many_pages", found=pages, most=most_pages)
            for entry in document.objects:
                _require_passive(entry, 0)
    except UploadRefused:
        raise
    except pikepdf.PasswordError:
        raise UploadRefused("encrypted") from None
    except Exception:  # noqa: BLE001 (a parser of untrusted bytes fails in many ways; each means the same)
        raise UploadRefused("broken") from None


def _require_passive(entry: object, depth: int) -> None:
    """Look at an object and what is written directly into it; what it refers to comes by itself."""
    if depth > 30:
        raise UploadRefused("broken")
    if isinstance(entry, pikepdf.Stream | pikepdf.Dictionary):
        values = [entry.get(key) for key in ("/Type", "/S", "/Subtype")]
        found = [str(value) for value in values if isinstance(value, pikepdf.Name) and str(value) in _ACTIVE]
        found += [key for key in entry.keys() if key in _ACTIVE]  # noqa: SIM118 (pikepdf iterates otherwise)
        if found:
            raise UploadRefused("active", found=found[0].removeprefix("/"))
        children = [value for _, value in entry.items()]
    elif isinstance(entry, pikepdf.Array):
        children = list(entry)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _require_passive(child, depth + 1)


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _unpacked(packed: memoryview, most: int, depth: int) -> int:
    """How many bytes the Flate stream at the beginning unpacks to, or is read for, counted up to just over `most`."""
    inflating, total, first = zlib.decompressobj(), 0, b""
    try:
        for start in range(0, len(packed), _SIP):
            rest: bytes | memoryview = packed[start : start + _SIP]
            total += len(rest)  # so that many empty blocks are not free
            while rest:
                block = inflating.decompress(rest, _BLOCK)
                first = first or block[:1]
                total += len(block)
                if total > most:
                    return total
                rest = inflating.unconsumed_tail
            if inflating.eof:
                break
    except zlib.error:
        pass
    if depth and first == b"\x78":
        total += _unpacked(memoryview(_whole(packed, most)), most - total, depth - 1)
    return total


def _whole(packed: memoryview, most: int) -> bytes:
    """What is known to unpack to fewer than `most` bytes."""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
