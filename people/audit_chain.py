"""The chain of the record: what of an entry is hashed, and what a walk along the chain finds. Knows no database."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

GENESIS = "0" * 64
"""What stands as the hash before the first entry."""

MOST_FINDINGS = 100
"""So many findings are kept; more are only counted, so that memory does not grow with the damage."""

NEARBY = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5)
"""By how many numbers an entry may have been moved for the walk to recognize it."""


class Row(NamedTuple):
    """An entry as it stands in the database. Persons and Participants are numbers: their names are never hashed."""

    sequence: int
    at: dt.datetime
    action: str
    actor: int | None
    acting_for: int | None
    concerns: int | None
    object_type: str
    object_id: str
    before: dict[str, Any]
    after: dict[str, Any]
    data: dict[str, Any]
    previous: str
    sha256: str


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def digest(row: Row) -> str:
    """SHA-256 of the canonical JSON of everything in the entry but the hash itself: keys sorted, no spaces, UTF-8,
    the time in UTC with microseconds."""
    content = row._asdict()
    del content["sha256"]
    content["at"] = row.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


class Kind(enum.StrEnum):
    """What may have happened to entries."""

    CHANGED = "changed"  # the content is not the one that was hashed
    REMOVED = "removed"
    INSERTED = "inserted"
    REPLACED = "replaced"  # content and hash fit each other, but the next entry was written after another one
    HEAD = "head"  # the row that names the last entry names another hash
    CUT = "cut"  # a head that was kept elsewhere is not in the chain


class Finding(NamedTuple):
    """What happened, and to which entries: the first and the last sequence number."""

    kind: Kind
    first: int
    last: int


@dataclass(slots=True)
class Walk:
    """A walk along the chain, one entry after the other by their numbers; it remembers only the last one.

    `head` is the number and the hash that the head's row named before the walk began. `anchor` is a head that was kept
    elsewhere; `anchored_at` is its number, once it was met.
    """

    head: tuple[int, str] = (0, GENESIS)
    anchor: str = ""
    anchored_at: int | None = None
    count: int = 0
    sequence: int = 0
    sha256: str = GENESIS
    findings: list[Finding] = field(default_factory=list)
    found: int = 0
    _shift: int = 0
    _last_is_intact: bool = True

    def step(self, row: Row) -> None:
        """Look at the next entry."""
        shift = self._shift_of(row)
        if row.sequence <= self.sequence:
            self._find(Kind.INSERTED, row.sequence, row.sequence)
        elif row.sequence > self.sequence + 1:
            self._find(Kind.REMOVED, self.sequence + 1, row.sequence - 1)
        elif shift == self._shift and row.previous != self.sha256 and self._last_is_intact:
            self._find(Kind.REPLACED, self.sequence, self.sequence)
        if shift is None:
            self._find(Kind.CHANGED, row.sequence, row.sequence)
        elif shift != self._shift:
            self._find_moved(row, shift)
        if row.sequence == self.head[0] and row.sha256 != self.head[1]:
            self._find(Kind.HEAD, row.sequence, row.sequence)
        if row.sha256 == self.anchor:
            self.anchored_at = row.sequence
        self._last_is_intact = shift is not None
        self.count, self.sequence, self.sha256 = self.count + 1, row.sequence, row.sha256

    def finish(self, head_now: int) -> None:
        """Compare the end with the head: as it was before the walk began, and as it is now that the walk is over."""
        last = self.sequence - self._shift
        if last < self.head[0]:
            self._find(Kind.REMOVED, last + 1, self.head[0])
        if last > head_now:
            self._find(Kind.INSERTED, head_now + 1, self.sequence)
        if self.anchor and self.anchored_at is None:
            if self.anchor == GENESIS:
                self.anchored_at = 0
            else:
                self._find(Kind.CUT, self.sequence, self.sequence)

    def _shift_of(self, row: Row) -> int | None:
        """By how many numbers the entry was moved after it was written; None when it is not what was written."""
        for shift in (self._shift, *(near for near in NEARBY if near != self._shift)):
            try:
                if digest(row._replace(sequence=row.sequence - shift)) == row.sha256:
                    return shift
            except (AttributeError, TypeError, ValueError):  # a value of another kind was written into a column
                return None
        return None

    def _find_moved(self, row: Row, shift: int) -> None:
        """An entry that stands under another number than it was written with: some before it are too many, or gone."""
        if shift > self._shift:
            first, last = row.sequence - (shift - self._shift), row.sequence - 1
            if self.findings and self.findings[-1] == Finding(Kind.CHANGED, first, last):
                self.findings.pop()
                self.found -= 1
            self._find(Kind.INSERTED, first, last)
        else:
            self._find(Kind.REMOVED, self.sequence - self._shift + 1, row.sequence - shift - 1)
        self._shift = shift

    def _find(self, kind: Kind, first: int, last: int) -> None:
        self.found += 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, first, last))
