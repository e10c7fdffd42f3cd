"""What all that is written from files has in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from courses.locks import is_locked_for
from people.models import User

from .sources import SourceFacts


@dataclass(slots=True)
class Writing:
    """On whose behalf files are written, whether over what people wrote, what was left; where further files lie;
    what is known of the sources of all lessons."""

    by: User | None
    overwrites: bool = False
    left_alone: list[str] = field(default_factory=list)
    folder: Path = Path()
    sources: SourceFacts = field(default_factory=SourceFacts)

    def spares(self, thing: Any) -> bool:
        """Whether the latest text of this is a person's, or locked by one, and stays; it is noted."""
        is_ours = self.overwrites or not thing.latest_revision or thing.latest_revision.user_id is None
        if is_ours and not is_locked_for(thing, self.by):
            return False
        self.left_alone.append(thing.code)
        return True
