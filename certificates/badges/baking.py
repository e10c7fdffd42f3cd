"""Puts a signed badge into its picture ("baking", Open Badges 3.0, section 5.3), so that one file is both."""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential"
_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"


def baked_png(png: bytes, token: str) -> bytes:
    """The PNG with the token in an uncompressed iTXt chunk behind its header."""
    if not png.startswith(_SIGNATURE):
        raise ValueError("not a PNG")
    header_length = struct.unpack(">I", png[8:12])[0]
    behind_header = 8 + 12 + header_length
    body = _KEYWORD + b"\0" + b"\0\0" + b"\0" + b"\0" + token.encode("ascii")
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    return png[:behind_header] + chunk + png[behind_header:]


def baked_svg(svg: str, token: str) -> str:
    """The SVG with the token as an element of its own, the first in it."""
    element = f'<openbadges:credential xmlns:openbadges="{_NAMESPACE}" verify="{token}"/>'
    opening, rest = svg.split(">", 1)
    return f"{opening}>{element}{rest}"
