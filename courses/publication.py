"""The gate of publication: pages of shared curricula go live on one road only, with an approved edition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[bool] = ContextVar("publication_gate_open", default=False)


def gate_is_open() -> bool:
    """Whether an approved edition is being published in this very call."""
    return _open.get()


@contextmanager
def open_gate() -> Iterator[None]:
    """Let pages be published. Only `curricula.services.editions.publish` enters here (checked by a test)."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)
