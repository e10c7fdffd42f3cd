"""What the strict editor of the source files finds."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: the file, the place in it, a code, and what the sentence of that code names."""

    file: str
    place: str
    code: str
    values: dict[str, object] = field(default_factory=dict)
