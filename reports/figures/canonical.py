"""The one way in which figures are written down before they are hashed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

Figures = dict[str, Any]


def canonical_bytes(figures: Figures) -> bytes:
    """Sorted keys, no spaces, UTF-8, a line feed at the end."""
    return (
        json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode() + b"\n"
    )


def sha256_of(figures: Figures) -> str:
    """The hash that stands on each page."""
    return hashlib.sha256(canonical_bytes(figures)).hexdigest()
