"""What all that is written from files has in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from people.models import User


@dataclass(slots=True)
class Writing:
    """On whose behalf files are written, whether over what people wrote, what was left; where further files lie."""

    by: User | None
    overwrites: bool = False
    left_alone: list[str] = field(default_factory=list)
    folder: Path = Path()

    def spares(self, thing: Any) -> bool:
        """Whether the latest text of this is a person's and stays; it is noted."""
        if self.overwrites or not thing.latest_revision or thing.latest_revision.user_id is None:
            return False
        self.left_alone.append(thing.code)
        return True
