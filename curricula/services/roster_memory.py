"""How it was before a roster: a file beside the rosters, with which the import can be undone as long as it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from people.models import Office, User

from ..models import Enrollment, RosterImport
from ..roster_files import memory_of, write_whole


@dataclass(frozen=True, slots=True)
class Memory:
    """Keys of what was added; of each changed person the address, the facts before and the facts after."""

    people: list[int]
    changed: dict[str, dict[str, Any]]
    enrolled: list[int]
    withdrawn: list[int]
    offices: list[int]

    @classmethod
    def of(
        cls,
        people: Sequence[User],
        changed: Sequence[tuple[User, Mapping[str, Any]]],
        enrolled: Sequence[Enrollment],
        withdrawn: Sequence[Enrollment],
        offices: Sequence[Office],
    ) -> Self:
        """`changed` are people as they are now, each with its facts as they were."""
        facts = {
            str(person.pk): {
                "email": person.email,
                "before": dict(before),
                "after": {name: getattr(person, name) for name in before},
            }
            for person, before in changed
        }
        keys = ([thing.pk for thing in things] for things in (people, enrolled, withdrawn, offices))
        added, enrollments, gone, places = keys
        return cls(added, facts, enrollments, gone, places)


def remember(applied: RosterImport, memory: Memory, *, on_shelf_of: int | None) -> None:
    """Write it, before the commit: what is left over when that fails is removed with the rosters of its age."""
    text = json.dumps(asdict(memory), ensure_ascii=False)
    write_whole(memory_of(applied.pk, applied.applied_at, on_shelf_of), text.encode())


def recall(applied: RosterImport) -> Memory | None:
    """What is remembered of an import; None when it is not kept any more."""
    path = memory_of(applied.pk, applied.applied_at)
    return Memory(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def forget(applied: RosterImport) -> None:
    """Once undone, nothing is to be remembered."""
    memory_of(applied.pk, applied.applied_at).unlink(missing_ok=True)
