"""Where a previewed draft lacks a language, or one language has not followed the other: a mark for each such pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from people import clock

from .models import TextPair
from .pairs import pairs_in
from .places import label_of
from .selectors import address_of_pair, address_of_thing, parity_of


@dataclass(frozen=True, slots=True)
class Mark:
    """One open pair: what is to be done, where it stands in words, where it is mended. `block` is the identifier of the
    block that holds it, if one does."""

    state: str
    is_stale: bool
    label: str
    address: str
    block: str
    texts: tuple[str, str]


def marks_on(thing: Any) -> list[Mark]:
    """The open pairs of a draft as it is shown, saved or not, in reading order. One query."""
    known = {pair.path: pair for pair in parity_of(thing)}
    editor = address_of_thing(thing) if thing.pk else ""
    found = []
    for text in pairs_in(thing.serializable_data(), type(thing).stream_names()):
        pair = known.get(text.path) or TextPair(path=text.path)
        pair.names, pair.number = text.names, text.number
        pair.follow(en=text.en, es=text.es, by=None, at=clock.now())
        if pair.is_open:
            address = address_of_pair(editor, pair)
            block = text.path.split(".")[1] if text.path.startswith("body.") else ""
            found.append(
                Mark(str(pair.get_state_display()), pair.is_stale, label_of(pair), address, block, (text.en, text.es))
            )
    return found


def by_texts(marks: Sequence[Mark]) -> dict[tuple[str, str], Mark]:
    """The marks by the English and the Spanish of their pairs."""
    return {mark.texts: mark for mark in marks}
