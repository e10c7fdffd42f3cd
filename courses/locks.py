"""Whether somebody has locked a page or an item for everybody else: one answer for every road that writes it."""

from __future__ import annotations

from typing import Any

from people.models import User


def is_locked_for(thing: Any, by: User | None) -> bool:
    """Whether a person, or the system (None), may not write it now."""
    lock = thing.get_lock() if hasattr(thing, "get_lock") else None
    return bool(lock and (by is None or lock.for_user(by)))
