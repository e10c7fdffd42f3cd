"""Suppression: nothing small is shown, and nothing small can be found by taking published sums apart."""

from __future__ import annotations

from itertools import chain

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure import Node, is_small, parent, remainder, withheld

K = 5
leaf_counts = st.tuples(st.integers(0, 12), st.integers(0, 12))
trees = st.lists(
    st.lists(st.lists(leaf_counts, min_size=1, max_size=5), min_size=1, max_size=3), min_size=1, max_size=3
)


def tree(shape: list[list[list[tuple[int, int]]]]) -> Node:
    return parent(
        ("all",),
        [
            parent(
                (f"p{p}",),
                [
                    parent(
                        (f"p{p}", f"a{a}"),
                        [Node((f"p{p}", f"a{a}", f"o{o}"), counts) for o, counts in enumerate(offices)],
                        2,
                    )
                    for a, offices in enumerate(agencies)
                ],
                2,
            )
            for p, agencies in enumerate(shape)
        ],
        2,
    )


def leaves(node: Node) -> list[Node]:
    return [n for n in node.walk() if not n.children]


@settings(max_examples=300, deadline=None)
@given(trees)
def test_nothing_small_is_published(shape: list[list[list[tuple[int, int]]]]) -> None:
    root = tree(shape)
    hidden = withheld(root, k=K)
    assert not [n for n in root.walk() if n.key not in hidden and is_small(n.counts, K)]


@settings(max_examples=300, deadline=None)
@given(trees)
def test_no_small_count_follows_from_the_published_ones(shape: list[list[list[tuple[int, int]]]]) -> None:
    """The attack: which withheld sums are combinations of the published sums? Each of those must be safe."""
    root = tree(shape)
    hidden = withheld(root, k=K)
    cells = {leaf.key: i for i, leaf in enumerate(leaves(root))}

    def vector(node: Node) -> np.ndarray:
        row = np.zeros(len(cells))
        row[[cells[leaf.key] for leaf in leaves(node)]] = 1
        return row

    known = np.array([vector(n) for n in root.walk() if n.key not in hidden])
    if not len(known):
        return
    rank = np.linalg.matrix_rank(known)
    for node in root.walk():
        if is_small(node.counts, K):
            assert np.linalg.matrix_rank(np.vstack([known, vector(node)])) > rank


@settings(max_examples=200, deadline=None)
@given(trees)
def test_the_line_of_the_withheld_is_itself_safe(shape: list[list[list[tuple[int, int]]]]) -> None:
    root = tree(shape)
    hidden = withheld(root, k=K)
    shown = [n for n in root.walk() if n.key not in hidden and n.children]
    assert not [n for n in shown if is_small(remainder(n, hidden), K)]


def test_one_small_office_takes_its_smallest_neighbor_with_it() -> None:
    offices = [Node(("tijuana",), (80, 20)), Node(("naco",), (3, 2)), Node(("tecate",), (8, 7))]
    assert withheld(parent(("all",), offices, 2), k=K) == {("naco",), ("tecate",)}


def test_nothing_is_withheld_without_need() -> None:
    offices = [Node((str(i),), counts) for i, counts in enumerate([(80, 20), (0, 12), (12, 0), (5, 5)])]
    assert withheld(parent(("all",), offices, 2), k=K) == set()


def test_a_small_whole_is_withheld_with_everything_in_it() -> None:
    root = parent(("all",), [Node(("a",), (2, 9)), Node(("b",), (1, 30))], 2)
    assert withheld(root, k=K) == {("all",), ("a",), ("b",)}


def test_the_other_participant_does_not_give_the_small_one_away() -> None:
    root = tree([[[(600, 300), (400, 200)]], [[(3, 40)]]])
    hidden = withheld(root, k=K)
    assert set(chain([("p1",), ("p1", "a0"), ("p1", "a0", "o0")], [("p0",), ("p0", "a0")])) <= hidden
