"""Finds the pairs of texts in the content of a revision, as it is stored. Pure: plain values in, plain values out.

A pair is a mapping with `en` and `es`, or two texts `…_en` and `…_es` beside each other. Its path is made of names and
of the identifiers that Wagtail gives to blocks and to items of lists, so that it stays when a block moves.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("en", "es")
APART = {"teaching_points", "wagtail_admin_comments"}


@dataclass(frozen=True, slots=True)
class FoundPair:
    """`names` are the words of the place (`scenario.nodes.text`), `number` its place in the order (`4.2`)."""

    path: str
    names: str
    number: str
    en: str
    es: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a pair stands, and the mapping and the keys under which its two texts are kept."""

    path: tuple[str, ...]
    names: tuple[str, ...]
    number: tuple[str, ...]
    holder: dict[str, Any]
    keys: tuple[str, str]


def plain(text: Any) -> str:
    """The text as it is compared: a browser sends other line ends than a file has."""
    return str(text or "").replace("\r\n", "\n").strip()


def pairs_in(content: Mapping[str, Any], streams: Collection[str]) -> list[FoundPair]:
    """All pairs that have a text in at least one language, in reading order. `streams` names the stream fields."""
    found = []
    for place in _places(_opened(content, streams)):
        en, es = (plain(place.holder.get(key)) for key in place.keys)
        if en or es:
            found.append(FoundPair(".".join(place.path), ".".join(place.names), ".".join(place.number), en, es))
    return found


def with_texts(content: Mapping[str, Any], streams: Collection[str], texts: Mapping[tuple[str, str], str]) -> Any:
    """The content with other texts, each given for its path and language."""
    opened = _opened(content, streams)
    for place in list(_places(opened)):
        for language, key in zip(LANGUAGES, place.keys, strict=True):
            text = texts.get((".".join(place.path), language))
            if text is not None:
                place.holder[key] = text
    return {**opened, **{name: json.dumps(opened[name]) for name in streams if name in opened}}


def _opened(content: Mapping[str, Any], streams: Collection[str]) -> dict[str, Any]:
    """A copy in which streams are lists."""
    copy: dict[str, Any] = json.loads(json.dumps(dict(content), default=str))
    for name in streams:
        if isinstance(copy.get(name), str):
            copy[name] = json.loads(copy[name] or "[]")
    return copy


def _places(
    part: Any, path: tuple[str, ...] = (), names: tuple[str, ...] = (), number: tuple[str, ...] = ()
) -> Iterator[_Place]:
    if isinstance(part, dict):
        yield from _in_mapping(part, path, names, number)
    elif isinstance(part, list):
        for place, each in enumerate(part, start=1):
            if not isinstance(each, dict | list):
                continue
            if isinstance(each, dict) and "value" in each and "type" in each:
                key, kind = each.get("id") or str(place - 1), each["type"]
                inner = names if kind == "item" else (*names[:-1], kind)
                yield from _places(each["value"], (*path, key), inner, (*number, str(place)))
            else:
                yield from _places(each, (*path, str(place - 1)), names, (*number, str(place)))


def _in_mapping(
    part: dict[str, Any], path: tuple[str, ...], names: tuple[str, ...], number: tuple[str, ...]
) -> Iterator[_Place]:
    if {"en", "es"} & part.keys() and all(isinstance(part.get(key, ""), str | None) for key in LANGUAGES):
        yield _Place(path, names, number, part, LANGUAGES)
    for name, value in part.items():
        if name.endswith("_en") and isinstance(value, str) and isinstance(part.get(f"{name[:-3]}_es"), str):
            stem = name[:-3]
            yield _Place((*path, stem), (*names, stem), number, part, (name, f"{stem}_es"))
        elif isinstance(value, dict | list) and name not in APART:
            yield from _places(value, (*path, name), (*names, name), number)
