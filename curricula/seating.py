"""Who may take a seat when some of them are kept for agencies and offices. Pure.

A share keeps seats for an agency, or for one office of it; whoever belongs to an office with a share of its own is
counted there and nowhere else. A kept seat that nobody has taken yet is free for nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Group = tuple[int, int | None]
"""An agency, and one of its offices or None for the whole agency."""


@dataclass(slots=True)
class Room:
    """A room with its seats, and how many are taken in each share; `others` belong to none."""

    capacity: int
    shares: Mapping[Group, int]
    taken: dict[Group, int] = field(default_factory=dict)
    others: int = 0

    def seat(self, agency: int, office: int) -> bool:
        """Give a seat if there is one for somebody of that agency and office; whether it was given."""
        if not self.has_seat(agency, office):
            return False
        self.fill(agency, office)
        return True

    def fill(self, agency: int, office: int) -> None:
        """Count somebody who sits there already."""
        group = self._group(agency, office)
        if group is None:
            self.others += 1
        else:
            self.taken[group] = self.taken.get(group, 0) + 1

    def has_seat(self, agency: int, office: int) -> bool:
        """Whether somebody of that agency and office may sit down."""
        group = self._group(agency, office)
        kept = sum(max(0, seats - self.taken.get(each, 0)) for each, seats in self.shares.items() if each != group)
        return self.occupied + kept < self.capacity

    @property
    def occupied(self) -> int:
        return self.others + sum(self.taken.values())

    @property
    def kept(self) -> int:
        """Free seats that are kept for somebody."""
        return sum(max(0, seats - self.taken.get(each, 0)) for each, seats in self.shares.items())

    def _group(self, agency: int, office: int) -> Group | None:
        return next((each for each in ((agency, office), (agency, None)) if each in self.shares), None)


def room_of(capacity: int, shares: Mapping[Group, int], seated: Iterable[tuple[int, int]]) -> Room:
    """A room in which people of these agencies and offices sit."""
    room = Room(capacity, shares)
    for agency, office in seated:
        room.fill(agency, office)
    return room
