"""Which kinds of jobs there are and what runs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from .exceptions import UnknownKind

if TYPE_CHECKING:
    from .models import Job
    from .services import Reporter

Runner = Callable[["Job", "Reporter"], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its title in the reader's language and its runner."""

    name: str
    title: str | Promise
    run: Runner


_kinds: dict[str, Kind] = {}


def job_kind(name: str, *, title: str | Promise) -> Callable[[Runner], Runner]:
    """Register a runner. It must be safe to run twice and go on where an earlier run stopped."""

    def register(run: Runner) -> Runner:
        _kinds[name] = Kind(name, title, run)
        return run

    return register


def kind_of(name: str) -> Kind:
    """The kind of that name."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(kind=name) from None
