"""Keeps small counts of persons from being published, or found by taking sums apart. Pure.

A tree of counts is published with its sums: total, Participant, agency, office. A node that would show a count from 1
to k − 1 is withheld, and then as many more as it takes. What a tree with gaps says is, for each published node, the
sum of the withheld leaves beneath it that lie under no published node below: its *remainder*. Remainders share no
leaf, so whatever else follows from the published counts is a sum of remainders. When no remainder has a count from 1
to k − 1, no such count can be found.

Source of the idea: complementary suppression in hierarchical tables, Handbook on Statistical Disclosure Control
(ESSNet SDC).
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field

DEFAULT_CELL = 5
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """Counts of persons that are published together, such as (holders, others); a parent's are its children's sums."""

    key: Key
    counts: tuple[int, ...]
    children: tuple[Node, ...] = field(default=())

    @property
    def persons(self) -> int:
        return sum(self.counts)

    def walk(self) -> Iterator[Node]:
        """This node and all beneath it."""
        yield self
        for child in self.children:
            yield from child.walk()


def parent(key: Key, children: list[Node] | tuple[Node, ...], width: int) -> Node:
    """A node whose counts are the sums of its children's; zeros when there is none."""
    counts = tuple(sum(child.counts[i] for child in children) for i in range(width))
    return Node(key, counts, tuple(children))


def is_small(counts: tuple[int, ...], k: int) -> bool:
    """Whether a count would single somebody out. Zero does not."""
    return any(0 < count < k for count in counts)


def withheld(root: Node, *, k: int = DEFAULT_CELL) -> frozenset[Key]:
    """The keys that must not be published. A root that is small itself is withheld with all beneath it."""
    if is_small(root.counts, k):
        return frozenset(node.key for node in root.walk())
    hidden = {node.key for node in root.walk() if is_small(node.counts, k)}
    while shown := _beside_a_small_remainder(root, hidden, k):
        hidden.add(min(shown, key=lambda node: (node.persons, node.key)).key)
    return frozenset(_without_needless(root, hidden, k))


def remainder(node: Node, hidden: Set[Key]) -> tuple[int, ...]:
    """What a published node says of the withheld leaves beneath it: their sum, which may be shown as one line."""
    counts = list(node.counts)
    for shown in shown_below(node, hidden):
        for i, count in enumerate(shown.counts):
            counts[i] -= count
    return tuple(counts)


def shown_below(node: Node, hidden: Set[Key]) -> list[Node]:
    """The uppermost published nodes strictly beneath a node."""
    found: list[Node] = []
    for child in node.children:
        found += shown_below(child, hidden) if child.key in hidden else [child]
    return found


def _beside_a_small_remainder(root: Node, hidden: set[Key], k: int) -> list[Node]:
    """The published nodes of which one has to be withheld too, or nothing when the tree is safe."""
    for node in root.walk():
        if node.key not in hidden and node.children and is_small(remainder(node, hidden), k):
            return shown_below(node, hidden)
    return []


def _without_needless(root: Node, hidden: set[Key], k: int) -> set[Key]:
    """A node that is not small, with every child published, follows from them: withholding it only looks careful."""
    needless = {
        node.key
        for node in root.walk()
        if node.key in hidden
        and node.children
        and not is_small(node.counts, k)
        and not any(c.key in hidden for c in node.children)
    }
    return hidden - needless
