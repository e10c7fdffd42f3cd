"""Counts as they may be shown: with their share, or withheld."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from ..disclosure import Key, Node, is_small, parent, remainder, withheld
from ..metrics.frame import Count, Frame

Shown = dict[str, Any]
HIDDEN: Shown = {"part": None, "rest": None, "share": None, "whole": None, "withheld": True}
PLACES = 4


def rounded(share: float | None) -> float | None:
    return None if share is None else round(share, PLACES)


def shown(count: Count) -> Shown:
    """A count with its rest and its share."""
    return {
        "part": count.part,
        "rest": count.rest,
        "share": rounded(count.share),
        "whole": count.whole,
        "withheld": False,
    }


def alone(count: Count, k: int) -> Shown:
    """A count that stands in no sum."""
    return dict(HIDDEN) if is_small((count.part, max(0, count.rest)), k) else shown(count)


def number_alone(count: int, k: int) -> int | None:
    """A count of persons that stands in no sum; None when withheld."""
    return None if 0 < count < k else count


def names(frame: Frame, table: str, row: int) -> dict[str, str]:
    """The names of a row in both languages."""
    rows = frame.table(table)
    return {"en": rows["name_en"][row], "es": rows["name_es"][row]}


def tree_of(frame: Frame, counts: Callable[[int], Sequence[int]], width: int) -> Node:
    """Total, Participant, agency, office: `counts` gives an office's counts; those with no persons are left out."""
    offices, agencies = frame.table("offices"), frame.table("agencies")

    def office_nodes(agency: int) -> list[Node]:
        rows = [row for row in range(len(offices["agency"])) if offices["agency"][row] == agency]
        nodes = [Node(("office", str(row)), tuple(int(n) for n in counts(row))) for row in rows]
        return [node for node in nodes if node.persons]

    def agency_nodes(participant: int) -> list[Node]:
        rows = [row for row in range(len(agencies["participant"])) if agencies["participant"][row] == participant]
        nodes = [parent(("agency", str(row)), office_nodes(row), width) for row in rows]
        return [node for node in nodes if node.persons]

    participants = range(frame.snapshot.rows("participants"))
    return parent(
        ("total",), [parent(("participant", str(row)), agency_nodes(row), width) for row in participants], width
    )


def without_offices(node: Node) -> Node:
    """The tree cut off at the agencies."""
    if node.key[0] == "agency":
        return Node(node.key, node.counts)
    return Node(node.key, node.counts, tuple(without_offices(child) for child in node.children))


def lines(frame: Frame, root: Node, k: int) -> list[Shown]:
    """A tree of (part, rest) as lines, from the Participants down; an agency's withheld offices are summed in one."""
    hidden = withheld(root, k=k)
    return [line for child in root.children for line in _lines(frame, child, hidden)]


def total(root: Node, k: int) -> Shown:
    """The root of a tree of (part, rest)."""
    return dict(HIDDEN) if root.key in withheld(root, k=k) else shown(_count(root.counts))


def _lines(frame: Frame, node: Node, hidden: Collection[Key]) -> list[Shown]:
    level, row = node.key[0], int(node.key[1])
    table = {"participant": "participants", "agency": "agencies", "office": "offices"}[level]
    line = {"level": level, "code": frame.table(table)["code"][row], "name": names(frame, table, row)}
    line |= dict(HIDDEN) if node.key in hidden else shown(_count(node.counts))
    if level != "agency" or not node.children:
        return [line, *(inner for child in node.children for inner in _lines(frame, child, hidden))]
    offices = [inner for child in node.children if child.key not in hidden for inner in _lines(frame, child, hidden)]
    kept_back = [child for child in node.children if child.key in hidden]
    if kept_back:
        gathered: Shown = {"level": "withheld", "code": "", "name": {"en": "", "es": ""}, "offices": len(kept_back)}
        whole = None if node.key in hidden else _count(remainder(node, frozenset(hidden)))
        gathered["among"] = [frame.table("offices")["code"][int(child.key[1])] for child in kept_back]
        offices.append(gathered | (dict(HIDDEN) if whole is None else shown(whole)))
    return [line, *sorted(offices, key=lambda each: (each["level"] == "withheld", each["name"]["es"], each["code"]))]


def _count(counts: tuple[int, ...]) -> Count:
    return Count(counts[0], sum(counts))
