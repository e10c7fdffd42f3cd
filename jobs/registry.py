"""Which kinds of jobs there are and what runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from people.roles import Right

from .exceptions import UnknownKind

if TYPE_CHECKING:
    from .models import Job
    from .reporter import Reporter

Runner = Callable[["Job", "Reporter"], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its title and the names of its stages in the reader's language, and its runner.

    With a `right`, whoever lost it sees the job's result no longer, even having asked for it.
    """

    name: str
    title: str | Promise
    run: Runner
    stages: Mapping[str, str | Promise] = field(default_factory=dict)
    right: Right | None = None


_kinds: dict[str, Kind] = {}


def job_kind(
    name: str,
    *,
    title: str | Promise,
    stages: Mapping[str, str | Promise] | None = None,
    right: Right | None = None,
) -> Callable[[Runner], Runner]:
    """Register a runner, in a module `job_kinds` of an app.

    It must be safe to run twice and go on where an earlier run stopped: a worker may die at any line. What it writes to
    `job.result` and `job.result_file` is kept when it ends; `report` keeps everything else.
    """

    def register(run: Runner) -> Runner:
        _kinds[name] = Kind(name, title, run, stages or {}, right)
        return run

    return register


def kind_of(name: str) -> Kind:
    """The kind of that name.

    Raises:
        UnknownKind: no app registers it.
    """
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(kind=name) from None


def titles() -> dict[str, str | Promise]:
    """The title of each kind, by name."""
    return {name: kind.title for name, kind in _kinds.items()}
