"""Breaks the pieces of both editions into the same pages. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from certificates.pdf.marks import Mark

from .blocks import Block, H

MOST_STRETCH = 14.0


@dataclass(frozen=True, slots=True)
class Twin:
    """A piece in every edition; it takes the room of the tallest."""

    editions: tuple[Block, ...]

    @property
    def height(self) -> float:
        return max(block.height for block in self.editions)

    @property
    def space(self) -> float:
        return max(block.space for block in self.editions)

    @property
    def keep(self) -> bool:
        return any(block.keep for block in self.editions)

    @property
    def again(self) -> Twin | None:
        found = tuple(block.again for block in self.editions if block.again)
        return Twin(found) if found and len(found) == len(self.editions) else None


@dataclass(slots=True)
class Page:
    """Pieces with the room above each."""

    section: int
    pieces: list[tuple[Twin, float]] = field(default_factory=list)

    @property
    def depth(self) -> float:
        return sum(space + twin.height for twin, space in self.pieces)

    def put(self, twin: Twin) -> None:
        self.pieces.append((twin, twin.space if self.pieces else 0.0))

    def marks(self, edition: int) -> list[Mark]:
        """The page in one edition. What room is left goes between the pieces, within measure."""
        gaps = sum(1 for _, space in self.pieces if space)
        extra = min(MOST_STRETCH, max(0.0, H - self.depth) / gaps) if gaps else 0.0
        top, found = H, list[Mark]()
        for twin, space in self.pieces:
            top -= space + (extra if space else 0.0)
            found += twin.editions[edition].render(top, twin.height)
            top -= twin.height
        return found


def twins(editions: Sequence[Sequence[Block]]) -> list[Twin]:
    """The pieces of one section side by side. All editions have as many, as they show the same figures."""
    found = []
    for blocks in zip_longest(*editions):
        if None in blocks:
            raise ValueError("the editions differ in their number of pieces")
        found.append(Twin(blocks))
    return found


def paginate(section: int, pieces: Sequence[Twin], again: Twin) -> list[Page]:
    """The pages of one section. `again` stands at the top of each page but the first."""
    pages = [Page(section)]
    for group in _kept_together(pieces):
        needed = sum(twin.space + twin.height for twin in group)
        fresh_needed = needed + again.height
        for i, twin in enumerate(group):
            room = H - pages[-1].depth
            whole_group = i == 0 and needed > room and fresh_needed <= H
            if pages[-1].pieces and (whole_group or twin.space + twin.height > room):
                pages.append(Page(section))
                pages[-1].put(again)
                if twin.again:
                    pages[-1].put(twin.again)
            pages[-1].put(twin)
    return pages


def _kept_together(pieces: Sequence[Twin]) -> Iterator[list[Twin]]:
    group: list[Twin] = []
    for twin in pieces:
        group.append(twin)
        if not twin.keep:
            yield group
            group = []
    if group:
        yield group
