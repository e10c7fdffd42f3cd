"""One rule for every text that goes into a CSV file: a spreadsheet must show it, never run it."""

from __future__ import annotations

import unicodedata
from typing import Any

STARTS = ("=", "+", "-", "@", "|", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula or a command (OWASP, CSV Injection)."""


def disarmed(value: Any) -> Any:
    """The value; a text that a spreadsheet would run gets an apostrophe before it.

    White space and invisible characters before the sign do not hide it, nor do its wide forms (＝ ＋ － ＠). A text
    that looks as if it had been disarmed already gets one more, so that `armed` gives every text back.
    """
    if not isinstance(value, str) or not value or (value[0].isascii() and value[0].isalnum()):
        return value
    return f"'{value}" if _would_run(value.lstrip("'")) else value


def armed(text: str) -> str:
    """The text that `disarmed` made this of."""
    return text[1:] if text.startswith("'") and _would_run(text.lstrip("'")) else text


def _would_run(text: str) -> bool:
    seen = unicodedata.normalize("NFKC", text)
    bare = seen.lstrip("\ufeff\u200b\u200c\u200d\u2060\u00ad\x00 ")
    return seen.startswith(STARTS) or bare.startswith((*STARTS, "\u2212"))
