"""The words for the place of a pair, and what changed in a text, word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from .models import TextPair
from .side_by_side import LABELS

ALIKE = {"mode": "modes", "option": "options"}
"""Names of fields and blocks that the canonical form calls otherwise."""

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words: `kind` is `same`, `gone` or `new`."""

    kind: str
    text: str


def label_of(pair: TextPair) -> str:
    """`Case study › Step › Text 4.2`: the place in the reader's language."""
    words = [str(LABELS.get(ALIKE.get(name, name), name)) for name in pair.names.split(".")]
    return f"{' › '.join(words)} {pair.number}".strip()


def changes(before: str, after: str) -> list[Change]:
    """The way from one text to the other, word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    found = []
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", "".join(old[start:end])))
            continue
        found += [Change("gone", "".join(old[start:end]))] if end > start else []
        found += [Change("new", "".join(new[new_start:new_end]))] if new_end > new_start else []
    return found


def what_changed(pair: TextPair) -> list[Change]:
    """For a stale pair: what changed in the other language since both were confirmed."""
    if not pair.is_stale:
        return []
    other = "en" if pair.language == "es" else "es"
    return changes(getattr(pair, f"confirmed_{other}"), getattr(pair, other))
