"""How long what is kept: the registry to which each app adds the kinds of records that a retention rule may name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from .models import Participant


@dataclass(frozen=True, slots=True)
class Expired:
    """A record that is older than its rule allows: since when it counts, and by what its kind finds it again."""

    since: dt.datetime
    key: Any


Find = Callable[["Participant", dt.datetime], Iterable[Expired]]
"""The records of a Participant from before a moment, the oldest first. Reads only."""
Remove = Callable[[Sequence[Any]], int]
"""Removes the records of these keys, and says how many it removed. Called within a transaction."""


@dataclass(frozen=True, slots=True)
class RetainedKind:
    """A kind of record: its title and what happens to it, in the reader's language; `suggested_days` is only advice."""

    name: str
    title: str | Promise
    about: str | Promise
    suggested_days: int
    find: Find
    remove: Remove


_kinds: dict[str, RetainedKind] = {}


def retained(
    name: str, *, title: str | Promise, about: str | Promise, suggested_days: int, remove: Remove
) -> Callable[[Find], Find]:
    """Register the function that finds what has expired, and the one that removes it."""

    def register(find: Find) -> Find:
        _kinds[name] = RetainedKind(name, title, about, suggested_days, find, remove)
        return find

    return register


def kinds() -> list[RetainedKind]:
    """All kinds, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_of(name: str) -> RetainedKind | None:
    """The kind of that name; None for one that no app registers any more."""
    return _kinds.get(name)


def choices() -> list[tuple[str, str | Promise]]:
    """The kinds as a form offers them."""
    return [(kind.name, kind.title) for kind in kinds()]
