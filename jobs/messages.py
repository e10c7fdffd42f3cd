"""The sentence for each error of a job, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from people.exceptions import DomainError


def sentence(error: dict[str, Any]) -> str:
    """What happened and what to do next: a known refusal's own sentence, else what the runner wrote."""
    code, values = error.get("code"), error.get("values") or {}
    for refusal in _refusals(DomainError):
        if refusal.code == code and "code" in vars(refusal):
            try:
                return str(refusal.message) % values
            except (KeyError, TypeError, ValueError):
                break
    return str(error.get("sentence") or code or "")


def _refusals(parent: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in parent.__subclasses__():
        yield child
        yield from _refusals(child)
