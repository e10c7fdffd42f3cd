"""The gate of publication: pages of shared curricula go live on one road only, with an approved edition.

Nothing else changes what is live: no editor, bulk action, copy, schedule, workflow, operator or line of code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

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


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """What a workflow of the administration does at its end: of a shared page nothing, of any other it publishes."""
    thing = workflow_state.content_object
    thing = getattr(thing, "specific", thing)
    if not getattr(thing, "goes_live_with_an_edition", False):
        thing.get_latest_revision().publish(user=user)
