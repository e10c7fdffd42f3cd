"""The two names of a certificate: a number that is read aloud, and a code that cannot be guessed."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 12  # 60 random bits
_READ_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_NUMBER = re.compile(r"PU-?(\d{4})-?(\d{1,12})\Z")


def new_code() -> str:
    """Twelve random characters. Unique only because the database insists."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy_code(typed: str) -> str | None:
    """The code that somebody typed, without dashes, spaces and look-alikes; None if it cannot be a code."""
    code = re.sub(r"[\s\u2010-\u2015-]", "", typed).upper().translate(_READ_ALIKE)
    return code if len(code) == LENGTH and all(c in ALPHABET for c in code) else None


def shown_code(code: str) -> str:
    """The code in three groups of four, as printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def number_of(serial: int, year: int) -> str:
    """The number of a certificate, such as PU-2026-000123. The serial alone is unique; the year is for the reader."""
    return f"PU-{year:04d}-{serial:06d}"


def tidy_number(typed: str) -> str | None:
    """The number that somebody typed, in its one spelling; None if it cannot be a number."""
    match = _NUMBER.match(re.sub(r"[\s\u2010-\u2015]", "-", typed.strip()).upper())
    return number_of(int(match[2]), int(match[1])) if match else None
