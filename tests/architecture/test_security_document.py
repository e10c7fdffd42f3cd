"""docs/security.md answers every requirement once, names tests that are there, and counts right."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENT = ROOT / "docs" / "security.md"
STATUSES = ("met", "not applicable", "open")

REQUIREMENTS = {
    1: {1: 2, 2: 9, 3: 11, 4: 3, 5: 2},
    2: {1: 3, 2: 3, 3: 4, 4: 1},
    3: {2: 2, 3: 4, 4: 6, 5: 5, 7: 2},
    4: {1: 3, 2: 1, 3: 2, 4: 4},
    5: {1: 1, 2: 3, 3: 2, 4: 3},
    6: {1: 3, 2: 12, 3: 4, 4: 4, 5: 5, 6: 3, 8: 4},
    7: {1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2},
    8: {1: 2, 2: 3, 3: 1, 4: 1},
    9: {1: 3, 2: 4},
    10: {1: 2, 2: 2, 3: 4, 4: 11, 5: 5, 6: 2, 7: 3},
    11: {1: 2, 2: 3, 3: 3, 4: 4, 5: 1, 6: 1},
    12: {1: 3, 2: 2, 3: 4},
    13: {1: 1, 2: 5, 3: 2, 4: 5},
    14: {1: 2, 2: 4, 3: 3},
    15: {1: 3, 2: 3, 3: 7},
    16: {1: 1, 2: 5, 3: 4, 4: 3, 5: 3},
    17: {1: 1, 2: 4, 3: 2},
}
"""OWASP ASVS 5.0.0, levels 1 and 2: chapter → section → how many. In each section they are its first ones."""


class Row(NamedTuple):
    """One line of the tables."""

    id: str
    subject: str
    status: str
    reason: str


def expected() -> list[str]:
    """All ids, in the order of the standard."""
    return [
        f"V{chapter}.{section}.{number}"
        for chapter, sections in REQUIREMENTS.items()
        for section, amount in sections.items()
        for number in range(1, amount + 1)
    ]


def text() -> str:
    """The whole document."""
    return DOCUMENT.read_text(encoding="utf-8")


def rows() -> list[Row]:
    """All lines of the tables."""
    lines = [line.strip("| ") for line in text().splitlines() if re.match(r"\| *V\d", line)]
    return [Row(*(cell.strip() for cell in line.split(" | "))) for line in lines]


@cache
def defined_in(path: Path) -> set[str]:
    """The functions and classes of a module."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {n.name for n in nodes if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))}


def test_every_requirement_is_answered_once() -> None:
    assert len(expected()) == 253
    assert [row.id for row in rows()] == expected()


def test_each_answer_is_one_of_three_and_has_its_reason() -> None:
    assert not [row for row in rows() if row.status not in STATUSES or not row.subject or len(row.reason) < 5]
    unproved = [
        row.id for row in rows() if row.status == "met" and not re.search(r"`|by (django-)?\w+ |above", row.reason)
    ]
    assert not unproved, "met by which test, file or framework?"


def test_every_test_and_file_that_is_named_is_there() -> None:
    named = re.findall(r"`(\.?\w[\w./-]*/[\w.-]*\.\w+)(?:::(\w+))?`", text())
    assert len(named) > 100
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or (name and name not in defined_in(ROOT / path))
    ]
    assert not missing
    assert text().count("::") == len([name for _, name in named if name])


def test_the_totals_are_those_of_the_tables() -> None:
    count = Counter(row.status for row in rows())
    said = ", ".join(f"{count[status]} {status}" for status in STATUSES)
    assert f"Of {len(rows())} requirements: **{said}.**" in text()


def test_what_is_open_stands_in_the_list_too() -> None:
    """The list above the tables names each open requirement, and no other."""
    part = text().partition("## What is open")[2].partition("\n## ")[0]
    listed = set(re.findall(r"V\d+\.\d+\.\d+", part))
    order = expected()
    for first, last in re.findall(r"(V[\d.]+\d)–(V[\d.]+\d)", part):
        listed |= set(order[order.index(first) : order.index(last) + 1])
    assert listed == {row.id for row in rows() if row.status == "open"}
