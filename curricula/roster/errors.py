"""What can be wrong with a roster, as data: a code and where it lies."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RosterError:
    """`row` is the line in a spreadsheet, the heading being 1; 0 when the whole file is meant."""

    code: str
    row: int = 0
    column: str = ""
    value: str = ""
    more: dict[str, str] = field(default_factory=dict)


class UnreadableRoster(Exception):
    """Nothing can be read from this file; `error` says why."""

    def __init__(self, error: RosterError) -> None:
        super().__init__(error.code)
        self.error = error
