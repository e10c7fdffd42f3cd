"""The square code that leads to the verification page: fixed version and mask, so that every certificate looks
alike."""

from __future__ import annotations

from urllib.parse import urlsplit

import segno

# Version, and how many characters it holds at error correction M: uppercase addresses (alphanumeric), others (bytes).
_ROOM = ((3, 61, 42), (5, 122, 84), (8, 221, 152), (12, 419, 287))
_PLAIN = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
MASK = 3


def spoken_by_code(address: str) -> str:
    """The address as the code says it: in capitals where that leads to the same page, as capitals need fewer modules.

    Scheme and host do not know case; `/v/CODE` is served in either case. Any other path is left as it is.
    """
    parts = urlsplit(address)
    short = parts.path.startswith("/v/") and not parts.query and not parts.fragment
    return address.upper() if short else address


def runs(address: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Modules per side, and the runs of dark modules as (column, row from the foot, length). Raises ValueError if
    too long."""
    text = spoken_by_code(address)
    alphanumeric = set(text) <= _PLAIN
    size = len(text) if alphanumeric else len(text.encode())
    version = next((v for v, capitals, others in _ROOM if size <= (capitals if alphanumeric else others)), None)
    if version is None:
        raise ValueError(f"the address is too long for the code: {size} characters")
    rows = [bytes(row) for row in segno.make_qr(text, error="m", version=version, mask=MASK, boost_error=False).matrix]
    found: list[tuple[int, int, int]] = []
    for r, row in enumerate(rows):
        start = row.find(1)
        while start >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            found.append((start, len(rows) - 1 - r, end - start))
            start = row.find(1, end)
    return len(rows), tuple(found)
